import type { EmbutFile } from './schema.ts'

type Company = EmbutFile['company']
type WorkCalendar = Company['calendar']

/** Whose working calendar one is, where it is not the company's: a branch's by name, or a department's by key. */
export type TeamCalendar = {
  readonly kind: 'branch' | 'department'
  readonly team: string
  readonly calendar: WorkCalendar
}

/** The calendars of branches and departments that have one; what they leave out is as the company's. */
export function teamCalendarsOf({ calendar, branches, departments }: Company): TeamCalendar[] {
  const ofKind = (kind: TeamCalendar['kind'], teams: Company['branches'] | Company['departments']) =>
    Object.entries(teams).flatMap(([team, { calendar: own }]) =>
      own === undefined ? [] : [{ kind, team, calendar: { ...calendar, ...own } }],
    )
  return [...ofKind('branch', branches), ...ofKind('department', departments)]
}

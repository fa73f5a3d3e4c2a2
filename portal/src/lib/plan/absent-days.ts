import { monthRange, workingDaysOf, type Calendar } from '#lib/period/month.ts'

/** Days on which a person is away, both of them too. `person` is the key of a record, in any case. */
export type Absence = { readonly person: string; readonly from: string; readonly to: string }

/**
 * How many of the company's working days of a month each person is away, by the person's key in lower case. A day of
 * two absences counts once, as in the calendars of the warehouse.
 */
export function absentDaysIn(
  month: string,
  { absences, calendar }: { readonly absences: readonly Absence[]; readonly calendar: Calendar },
): ReadonlyMap<string, number> {
  const days = workingDaysOf(monthRange(month), calendar)
  const byPerson = Map.groupBy(absences, ({ person }) => person.toLowerCase())
  return new Map(
    [...byPerson].map(([person, some]) => [
      person,
      days.filter((day) => some.some(({ from, to }) => from <= day && day <= to)).length,
    ]),
  )
}

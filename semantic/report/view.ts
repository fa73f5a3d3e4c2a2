import type { ReportDefinition } from './definition.ts'
import { membersOf } from './definition.ts'
import { ReportError } from './report-error.ts'
import type { ReportMember, ReportView } from './types.ts'

export function findMember(view: ReportView, name: string): ReportMember | undefined {
  return view.members.find((member) => member.name === name)
}

/** The member behind a name; throws a ReportError when this reader has no such member. */
export function requireMember(view: ReportView, name: string): ReportMember {
  const member = findMember(view, name)
  if (member) return member
  throw new ReportError(
    `The field ${name} is not in report type ${view.title}, or you may not see it: remove it from the report`,
  )
}

/** Members that a definition names and this reader's view does not have (any more), each once. */
export function missingFields(definition: ReportDefinition, view: ReportView | undefined): string[] {
  const known = new Set(view?.members.map((member) => member.name))
  return membersOf(definition).filter((name) => !known.has(name))
}

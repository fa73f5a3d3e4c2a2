import type { Colour, ReportDefinition, Value } from './definition.ts'
import type { ReportView } from './types.ts'
import { requireMember } from './view.ts'

/** What a column of numbers says of its value. */
export type Part = 'value' | 'share' | 'running' | 'before' | 'change'

export type ShownValue = { readonly value: Value; readonly part: Part; readonly colour?: Colour | undefined }

/** The columns of one value: itself, its share and running total, and what it was before. */
export function shownValues(
  { values }: ReportDefinition,
  view: ReportView,
  hasComparison: boolean,
): ShownValue[] {
  return values.flatMap((value) => {
    const isAdditive = requireMember(view, value.member).isAdditive === true
    const extras = isAdditive ? (value.show ?? []) : []
    const compared: Part[] = hasComparison ? ['before', 'change'] : []
    const parts: Part[] = ['value', ...extras, ...compared]
    return parts.map((part) => (part === 'value' ? { value, part, colour: value.colour } : { value, part }))
  })
}

/** The format of a part: shares and changes are rates, and a change of a rate is told in points. */
export function formatOfPart(part: Part, format: string | null): string | null {
  if (part === 'share') return 'percent'
  if (part !== 'change') return format
  return format === 'percent' ? 'points' : 'change'
}

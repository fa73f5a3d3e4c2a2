import type { Colour, Extra, ReportDefinition, Value } from './definition.ts'
import { proportionCases } from './likely.ts'
import type { ReportView } from './types.ts'
import { requireMember } from './view.ts'

/** What a column of numbers says of its value. */
export type Part = 'value' | 'share' | 'running' | LikelyPart | 'before' | 'change'

/** Of a rate: how many cases it is of, and both ends of where it likely is. */
export const LIKELY_PARTS = ['cases', 'low', 'high'] as const
export type LikelyPart = (typeof LIKELY_PARTS)[number]

export type ShownValue = { readonly value: Value; readonly part: Part; readonly colour?: Colour | undefined }

/** The columns of one value: itself, its share and running total or where it likely is, and what it was before. */
export function shownValues(
  { values }: ReportDefinition,
  view: ReportView,
  hasComparison: boolean,
): ShownValue[] {
  return values.flatMap((value) => {
    const extras = extrasOf(value.member, view).filter((extra) => value.show?.includes(extra))
    const compared: Part[] = hasComparison ? ['before', 'change'] : []
    const beside = extras.flatMap((extra): readonly Part[] => (extra === 'likely' ? LIKELY_PARTS : [extra]))
    const parts: Part[] = ['value', ...beside, ...compared]
    return parts.map((part) => (part === 'value' ? { value, part, colour: value.colour } : { value, part }))
  })
}

/** What a value can show beside itself. */
export function extrasOf(member: string, view: ReportView): readonly Extra[] {
  if (requireMember(view, member).isAdditive === true) return ['share', 'running']
  return proportionCases(member, view).length > 0 ? ['likely'] : []
}

/** The format of a part: shares and changes are rates, and a change of a rate is told in points. */
export function formatOfPart(part: Part, format: string | null): string | null {
  if (part === 'share') return 'percent'
  if (part === 'cases') return 'integer'
  if (part !== 'change') return format
  return format === 'percent' ? 'points' : 'change'
}

import type { Field } from '../definition.ts'
import type { ReportPlan } from '../plan.ts'
import type { Path } from '../values.ts'
import { requireMember } from '../view.ts'
import type { SentenceWords } from '../words.ts'
import { rangeOf, type Range } from './range.ts'

/** A range in words: "1,000 to under 5,000". */
export function rangeInWords(
  { from, to }: Range,
  format: string | null | undefined,
  { locale, ranges: say }: Pick<SentenceWords, 'locale' | 'ranges'>,
): string {
  const style = format === 'percent' ? 'percent' : 'decimal'
  const numbers = new Intl.NumberFormat(locale, { style, maximumFractionDigits: 6 })
  if (from === null) return to === null ? '' : say.under(numbers.format(to))
  return to === null ? say.from(numbers.format(from)) : say.between(numbers.format(from), numbers.format(to))
}

/** A path as it is shown: ranges in words, all else as the value it is. */
export function shownPath(path: Path, fields: readonly Field[], { view, words }: ReportPlan): Path {
  return path.map((value, index) => {
    const field = fields[index]
    if (value === null || field?.ranges === undefined) return value
    return rangeInWords(rangeOf(value), requireMember(view, field.member).format, words)
  })
}

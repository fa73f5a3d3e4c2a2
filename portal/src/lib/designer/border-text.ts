import { MOST_BORDERS } from '#semantic/report'

export type BorderProblem = 'notNumbers' | 'tooMany' | 'none' | 'tooLong'
export type Borders =
  { readonly borders: readonly number[] } | { readonly problem: BorderProblem; readonly what: string }

/** Borders as a person writes them: in any order, each once, as the language writes numbers. */
export function bordersIn(text: string, locale: string): Borders {
  const written = text.split(/[;\s]+/).filter((part) => part !== '')
  const numbers = written.map((part) => numberIn(part, locale))
  const wrong = written.find((_, index) => numbers[index] === null)
  if (wrong !== undefined) return { problem: 'notNumbers', what: wrong }
  const borders = [...new Set(numbers.filter((number) => number !== null))].sort((a, b) => a - b)
  const long = borders.find((border) => !/^-?\d{1,12}(\.\d{1,6})?$/.test(String(border)))
  if (long !== undefined) return { problem: 'tooLong', what: String(long) }
  if (borders.length > MOST_BORDERS) return { problem: 'tooMany', what: String(MOST_BORDERS) }
  return borders.length === 0 ? { problem: 'none', what: '' } : { borders }
}

/** Borders as they are written in a language. */
export function bordersText(borders: readonly number[], locale: string): string {
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 6, useGrouping: false })
  return borders.map((border) => numbers.format(border)).join('; ')
}

/** Groups of three by the language's own sign, a decimal sign of either kind. */
function numberIn(text: string, locale: string): number | null {
  const group = new Intl.NumberFormat(locale).format(11_111).charAt(2)
  const plain = text.replace('−', '-')
  const isGrouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+([.,]\\d+)?$`).test(plain)
  const whole = (isGrouped ? plain.replaceAll(group, '') : plain).replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(whole) ? Number(whole) : null
}

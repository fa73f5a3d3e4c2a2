import { UserError } from '#config'

/** How a column writes dates: ISO (with or without a UTC offset), or by one of these strptime formats. */
export type DateStyle =
  | { readonly kind: 'iso'; readonly hasOffset: boolean }
  | { readonly kind: 'formats'; readonly formats: readonly string[] }

const ISO = /^\d{4}-\d{1,2}(-\d{1,2}([ T]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?)?)?/
const OFFSET = /\d(Z|[+-]\d{2}(:?\d{2})?)$/
const NUMERIC = /^(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})(?:[ T]+(\d{1,2}:\d{2}(:\d{2})?)(\s*[AaPp][Mm])?)?$/

/**
 * Finds how a column writes dates from a sample of its values. Throws UserError when 03/04 could be either order, for
 * a guess would silently move every date.
 */
export function dateStyle(sample: readonly string[], where: string): DateStyle {
  const odd = sample.filter((text) => !ISO.test(text))
  if (odd.length === 0) return { kind: 'iso', hasOffset: sample.some((text) => OFFSET.test(text)) }
  const read = odd.map((text) => NUMERIC.exec(text)).filter((match) => match !== null)
  const [first] = read
  if (first === undefined) return { kind: 'iso', hasOffset: false }
  const separator = first[2] ?? '.'
  return { kind: 'formats', formats: withTimes(dayFormat(read, separator, where)) }
}

function dayFormat(read: readonly RegExpExecArray[], separator: string, where: string): string {
  const year = read.some((match) => (match[4] ?? '').length === 4) ? '%Y' : '%y'
  if (read.some((match) => (match[1] ?? '').length === 4)) return ['%Y', '%m', '%d'].join(separator)
  const isDayFirst = separator === '.' || read.some((match) => Number(match[1]) > 12)
  const isMonthFirst = read.some((match) => Number(match[3]) > 12)
  if (isDayFirst) return ['%d', '%m', year].join(separator)
  if (isMonthFirst) return ['%m', '%d', year].join(separator)
  throw new UserError(
    `${where}: "${read[0]?.[0]}" can be read day first or month first, and no value tells which. ` +
      `Add format: '%d${separator}%m${separator}${year}' or '%m${separator}%d${separator}${year}' to the column.`,
  )
}

function withTimes(day: string): readonly string[] {
  const times = ['%H:%M:%S', '%H:%M', '%I:%M:%S %p', '%I:%M %p']
  return [day, ...times.map((time) => `${day} ${time}`)]
}

const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '%Y',
  YY: '%y',
  MM: '%m',
  DD: '%d',
  HH: '%H',
  mm: '%M',
  ss: '%S',
}

/** A declared format as strptime takes it: `%d.%m.%Y` as it is, `DD.MM.YYYY` translated. */
export function declaredDateStyle(format: string): DateStyle {
  const strptime = format.includes('%')
    ? format
    : format.replace(/YYYY|YY|MM|DD|HH|mm|ss/g, (token) => TOKENS[token] ?? token)
  const formats = /%[HIMSTX]/.test(strptime) ? [strptime] : withTimes(strptime)
  return { kind: 'formats', formats }
}

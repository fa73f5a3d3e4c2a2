import type { DateStyle } from './date-styles.ts'
import { escapedText } from './text.ts'

/** A cell as a sheet keeps it: `value` is what stands in `v`, `inline` the text within the cell. */
export type Cell = {
  readonly type: string
  readonly style: DateStyle
  readonly value: string
  readonly inline: string
}

/** What the cells of a workbook have in common. */
export type CellContext = {
  readonly is1904: boolean
  readonly sharedText: (index: number) => string | undefined
}

/**
 * A cell as text: dates in ISO without a zone, times of day and durations as hh:mm:ss, numbers as SQL writes them.
 * Throws RangeError for a shared text that the workbook has not.
 */
export function cellText({ type, style, value, inline }: Cell, context: CellContext): string {
  switch (type) {
    case 's':
      return value === '' ? '' : sharedText(value, context)
    case 'inlineStr':
      return escapedText(inline)
    case 'str':
      return escapedText(value)
    case 'b':
      return value === '' ? '' : String(/^(1|true)$/i.test(value))
    case 'e':
    case 'd':
      return value
    default:
      return numberText(value, style, context.is1904)
  }
}

function sharedText(value: string, { sharedText }: CellContext): string {
  const text = /^\d+$/.test(value) ? sharedText(Number(value)) : undefined
  if (text === undefined) throw new RangeError(`is text ${value} of its list, which has no such text`)
  return text
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** More digits than a floating-point number holds: an identifier that another program than Excel wrote. */
const LONG_NUMBER = /^-?\d{16,}$/

function numberText(value: string, style: DateStyle, is1904: boolean): string {
  if (!NUMBER.test(value) || LONG_NUMBER.test(value)) return value
  const number = Number(value)
  return dateText(number, style, is1904) ?? String(number)
}

/** Days since Excel's day 0 before which there is only a length of time: 1 January 1901. */
const FIRST_DAY = 367
const LAST_DAY = 2_958_466
const DAY = 86_400_000

/** A number of days as a date or a length of time; null for what is neither. */
function dateText(days: number, style: DateStyle, is1904: boolean): string | null {
  if (style === null || days < 0 || days >= LAST_DAY) return null
  if (days < FIRST_DAY && (style === 'time' || !is1904)) return durationText(days)
  // Excel counts a 29 February 1900 that never was, so its days are counted from a day earlier.
  const zero = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  // Days are kept as fractions, so a time comes out some microseconds off; the nearest second is meant.
  const moment = new Date(zero + Math.round((days * DAY) / 1000) * 1000)
  const text = moment.toISOString().slice(0, 19).replace('T', ' ')
  return text.endsWith(' 00:00:00') ? text.slice(0, 10) : text
}

function durationText(days: number): string {
  const seconds = Math.round((days * DAY) / 1000)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

export type FormatOptions = {
  /** BCP 47, e.g. en-GB */
  readonly locale: string
  /** IANA zone in which instants are shown. */
  readonly timeZone: string
  /** ISO 4217 code of the company's money. */
  readonly currency: string
}
/** A decimal string keeps every digit; a number is for counts made by the page itself. */
export type Numeric = string | number | null | undefined
type Instant = string | Date | null | undefined

/** Shown where there is no value; a zero is shown as 0. */
export const NONE = '–'

export type Formatter = {
  number(value: Numeric, digits?: number): string
  compact(value: Numeric): string
  money(value: Numeric): string
  moneyCompact(value: Numeric): string
  /** 0.631 → 63.1% */
  percent(value: Numeric, digits?: number): string
  /** 0.064 → +6.4%: how much more than before. */
  change(value: Numeric): string
  /** 0.015 → +1.5: the difference of two percentages, in percentage points. */
  points(value: Numeric): string
  /** 12 → +12: how many more than before. */
  difference(value: Numeric): string
  /** 4210 seconds → 1h 10m */
  duration(seconds: Numeric): string
  /** A local day or time as the warehouse keeps it, shown as it stands. */
  day(local: Instant): string
  dayShort(local: Instant): string
  month(local: Instant): string
  /** Two local days, both included: 1–22 Oct 2026 */
  dayRange(from: string, to: string): string
  /** A UTC instant, shown in the company's zone. */
  time(instant: Instant): string
  dateTime(instant: Instant): string
  /** 5 minutes ago */
  ago(instant: Instant, now: Date): string
  /** Any value of a field, by its declared format and type. */
  value(
    value: string | boolean | null | undefined,
    shape: { format?: string | undefined; type: string },
  ): string
}

function numericOf(value: Numeric): Intl.StringNumericLiteral | number | null {
  if (value === null || value === undefined || value === '') return null
  return Number.isFinite(Number(value)) ? (value as Intl.StringNumericLiteral | number) : null
}

/** Warehouse times come without a zone (2026-03-01T00:00:00.000); they are read as UTC. */
function instantOf(value: Instant): Date | null {
  if (value === null || value === undefined || value === '') return null
  if (value instanceof Date) return value
  const text = value.replace(' ', 'T')
  const hasTime = text.includes('T')
  const date = new Date(hasTime && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text)
  return Number.isNaN(date.getTime()) ? null : date
}

function numbersOf({ locale, currency }: FormatOptions) {
  const cache = new Map<string, Intl.NumberFormat>()
  const formatOf = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options)
    const found = cache.get(key) ?? new Intl.NumberFormat(locale, options)
    cache.set(key, found)
    return found
  }
  const format = (value: Numeric, options: Intl.NumberFormatOptions): string => {
    const number = numericOf(value)
    return number === null ? NONE : formatOf(options).format(number)
  }
  const narrow = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const
  const oneDigit = {
    maximumFractionDigits: 1,
    minimumFractionDigits: 1,
    signDisplay: 'exceptZero',
  } as const
  return {
    number: (value: Numeric, digits = 0) =>
      format(value, { maximumFractionDigits: digits, minimumFractionDigits: digits }),
    compact: (value: Numeric) => format(value, { notation: 'compact', maximumSignificantDigits: 3 }),
    money: (value: Numeric) => format(value, { ...narrow, maximumFractionDigits: 0 }),
    moneyExact: (value: Numeric) => format(value, narrow),
    moneyCompact: (value: Numeric) =>
      format(value, { ...narrow, notation: 'compact', maximumSignificantDigits: 3 }),
    percent: (value: Numeric, digits = 1) =>
      format(value, { style: 'percent', maximumFractionDigits: digits, minimumFractionDigits: digits }),
    change: (value: Numeric) => format(value, { ...oneDigit, style: 'percent' }),
    points: (value: Numeric) =>
      format(value === null || value === undefined || value === '' ? null : Number(value) * 100, oneDigit),
    difference: (value: Numeric) => format(value, { maximumFractionDigits: 0, signDisplay: 'exceptZero' }),
    unit: (value: number, unit: string) => format(value, { style: 'unit', unit, unitDisplay: 'narrow' }),
  }
}

function datesOf({ locale, timeZone }: FormatOptions) {
  const make = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, options)
    return (value: Instant) => {
      const date = instantOf(value)
      return date === null ? NONE : format.format(date)
    }
  }
  const range = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' })
  return {
    day: make({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
    dayShort: make({ day: 'numeric', month: 'short', timeZone: 'UTC' }),
    month: make({ month: 'short', year: 'numeric', timeZone: 'UTC' }),
    dayRange: (from: string, to: string) => {
      const [first, last] = [instantOf(from), instantOf(to)]
      return first === null || last === null ? NONE : range.formatRange(first, last)
    },
    localDateTime: make({
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: 'UTC',
    }),
    time: make({ hour: '2-digit', minute: '2-digit', timeZone }),
    dateTime: make({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone }),
    ago: (value: Instant, now: Date) => {
      const date = instantOf(value)
      if (date === null) return NONE
      const seconds = (date.getTime() - now.getTime()) / 1000
      const size = Math.abs(seconds)
      if (size < 60) return relative.format(0, 'minute')
      if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute')
      if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour')
      return relative.format(Math.round(seconds / 86_400), 'day')
    },
  }
}

function durationOf(unit: (value: number, unit: string) => string) {
  return (value: Numeric): string => {
    const number = numericOf(value)
    if (number === null) return NONE
    const seconds = Math.round(Number(number))
    if (seconds < 60) return unit(seconds, 'second')
    const minutes = Math.floor(seconds / 60)
    if (minutes < 60)
      return seconds % 60 === 0
        ? unit(minutes, 'minute')
        : `${unit(minutes, 'minute')} ${unit(seconds % 60, 'second')}`
    const hours = Math.floor(minutes / 60)
    return minutes % 60 === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(minutes % 60, 'minute')}`
  }
}

/** Formats numbers, money, dates and times for one reader. */
export function createFormatter(options: FormatOptions): Formatter {
  const numbers = numbersOf(options)
  const dates = datesOf(options)
  const duration = durationOf(numbers.unit)
  const plain = new Intl.NumberFormat(options.locale, { maximumFractionDigits: 2 })
  return {
    ...numbers,
    ...dates,
    duration,
    value(value, { format, type }) {
      if (value === null || value === undefined || value === '') return NONE
      if (typeof value === 'boolean') return value ? '✓' : NONE
      if (format === 'currency') return numbers.money(value)
      if (format === 'percent') return numbers.percent(value)
      if (format === 'duration') return duration(value)
      if (type === 'time')
        return /T00:00:00|^\d{4}-\d\d-\d\d$/.test(value) ? dates.day(value) : dates.localDateTime(value)
      const number = type === 'number' ? numericOf(value) : null
      return number === null ? value : plain.format(number)
    },
  }
}

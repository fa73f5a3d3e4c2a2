/** How one column is written: what kind of value it holds and how a spreadsheet shows it. */
export type ColumnKind = 'text' | 'number' | 'time' | 'boolean'

export type ColumnFormat = {
  readonly kind: ColumnKind
  /** Excel number format code; undefined for text and booleans. */
  readonly numberFormat?: string
}

const DATE_FORMATS: Readonly<Record<string, string>> = {
  second: 'yyyy-mm-dd hh:mm:ss',
  minute: 'yyyy-mm-dd hh:mm',
  hour: 'yyyy-mm-dd hh:mm',
  day: 'yyyy-mm-dd',
  week: 'yyyy-mm-dd',
  month: 'mmm yyyy',
  quarter: 'mmm yyyy',
  year: 'yyyy',
}

/** The format of a time column grouped by `granularity`, or of its exact moments without one. */
export function timeFormat(granularity?: string): ColumnFormat {
  const numberFormat = DATE_FORMATS[granularity ?? 'second'] ?? 'yyyy-mm-dd'
  return { kind: 'time', numberFormat }
}

const NUMBER_FORMATS: Readonly<Record<string, string>> = {
  percent: '0.0%',
  change: '+0.0%;-0.0%;0.0%',
  points: '+0.0%;-0.0%;0.0%',
  integer: '#,##0',
  number: '#,##0.00',
  days: '#,##0.0',
  hours: '#,##0.0',
  seconds: '#,##0',
}

/**
 * How a member is written, by its type and its semantic format (`percent`, `currency`, `integer`, …).
 * Percent values are ratios: 0.63 is shown as 63.0%. Money has two decimals and, when given, its currency.
 */
export function memberFormat(
  type: string,
  format: string | undefined,
  options: { readonly currency?: string | undefined; readonly granularity?: string | undefined } = {},
): ColumnFormat {
  if (type === 'time') return timeFormat(options.granularity)
  if (type === 'boolean') return { kind: 'boolean' }
  if (type === 'string') return { kind: 'text' }
  const numberFormat = format === 'currency' ? currencyFormat(options.currency) : NUMBER_FORMATS[format ?? '']
  return numberFormat === undefined ? { kind: 'number' } : { kind: 'number', numberFormat }
}

function currencyFormat(currency?: string): string {
  if (currency === undefined || !/^[A-Z]{3}$/.test(currency)) return '#,##0.00'
  return `#,##0.00 "${currency}"`
}

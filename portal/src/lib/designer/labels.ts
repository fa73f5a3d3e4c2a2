import type { Formatter } from '#lib/format/index.ts'
import type { Messages } from '#lib/messages/index.ts'
import {
  calendarOf,
  fiscalText,
  isFiscal,
  type HeaderCell,
  type Likely,
  type ReportTable,
} from '#semantic/report'

type Shape = { readonly format: string | null | undefined; readonly type: string }
type Words = { readonly t: Messages; readonly f: Formatter; readonly locale: string }

/** A number of a report as its format says; nothing is a dash, zero is 0. */
export function formatValue(f: Formatter, value: string | boolean | null, { format, type }: Shape): string {
  if (value === null || value === '') return f.number(null)
  if (typeof value === 'boolean') return f.value(value, { type: 'boolean' })
  switch (format) {
    case 'integer':
      return f.number(value)
    case 'number':
      return f.number(value, Number.isInteger(Number(value)) ? 0 : 2)
    case 'days':
    case 'hours':
      return f.number(value, 1)
    case 'seconds':
      return f.duration(value)
    case 'currency':
      return f.money(value)
    case 'percent':
      return f.percent(value)
    case 'change':
      return f.change(value)
    case 'points':
      return f.points(value)
    default:
      return f.value(value, { type })
  }
}

/** Of how many cases a rate is, and where it likely is. */
export function likelyText({ cases, low, high }: Likely, { t, f }: Pick<Words, 't' | 'f'>): string {
  return t.common.likely(cases, f.percent(low, 0), f.percent(high, 0))
}

/** The same in short, under the rate of few cases. */
export function fewText({ cases, low, high }: Likely, { t, f }: Pick<Words, 't' | 'f'>): string {
  return t.reports.table.few(f.number(cases), f.percent(low, 0), f.percent(high, 0))
}

/** The words of a header: a value by its type, or what a total is called. */
export function headerText(cell: HeaderCell, table: ReportTable, words: Words): string {
  const { t } = words
  switch (cell.kind) {
    case 'total':
      return t.reports.table.total
    case 'others':
      return t.reports.table.others
    case 'subtotal':
      return t.reports.table.total
    case 'measure':
      return table.valueFields[cell.field ?? 0]?.title ?? ''
    case 'part':
      return table.valueFields[cell.field ?? 0]?.partTitle ?? ''
    case 'member':
      return memberText(cell, table, words)
  }
}

/** The words of a header with what is to be said beside them, on one line. */
export function notedText(cell: HeaderCell, table: ReportTable, words: Words): string {
  const text = headerText(cell, table, words)
  return cell.note === undefined ? text : `${text} · ${cell.note}`
}

/** The header of a subtotal row says what it sums up. */
export function subtotalText(header: readonly HeaderCell[], table: ReportTable, words: Words): string {
  const parent = header.at(-2)
  return parent
    ? words.t.reports.table.subtotal(headerText(parent, table, words))
    : words.t.reports.table.total
}

function memberText({ value, member, granularity }: HeaderCell, table: ReportTable, words: Words): string {
  const { f, t } = words
  if (value === null) return f.number(null)
  if (granularity) return bucketText(value, { granularity, member }, { ...words, ...table })
  const field = [...table.rowFields, ...table.columnFields].find((one) => one.member === member)
  if (field?.type === 'boolean') return value === 'true' ? t.common.yes : t.common.no
  return formatValue(f, value, { type: field?.type ?? 'string', format: field?.format })
}

/** 2026, Q3 2026, FY2026 Q3, Mar 2026, or the day a week begins. */
export function bucketText(
  start: string,
  { granularity, member }: Pick<HeaderCell, 'granularity' | 'member'>,
  { f, locale, fiscalCalendar }: Omit<Words, 't'> & Pick<ReportTable, 'fiscalCalendar'>,
): string {
  if (isFiscal(granularity)) {
    const own = calendarOf(member ?? '', fiscalCalendar)
    return fiscalText(start, granularity, { locale, fiscalCalendar: own })
  }
  switch (granularity) {
    case 'year':
      return start.slice(0, 4)
    case 'quarter':
      return `${locale.startsWith('es') ? 'T' : 'Q'}${Math.ceil(Number(start.slice(5, 7)) / 3)} ${start.slice(0, 4)}`
    case 'month':
      return f.month(start)
    default:
      return f.day(start)
  }
}

/** The table as tab-separated lines with the numbers as they are, for a spreadsheet. */
export function tableAsTsv(table: ReportTable, words: Words): string {
  const width = Math.max(1, table.rowFields.length)
  const heads = table.columnHeaders.map((_, depth) => [
    ...Array.from({ length: width }, (_unused, index) =>
      depth === table.columnHeaders.length - 1 ? (table.rowFields[index]?.title ?? '') : '',
    ),
    ...table.columns.map((_column, index) => headerAt(table, { depth, column: index }, words)),
  ])
  const body = table.rows.map((row) => {
    const labels = row.header.map((cell) =>
      cell.value === null && cell.kind === 'member' ? '' : notedText(cell, table, words),
    )
    const filled = [...labels, ...Array.from({ length: Math.max(0, width - labels.length) }, () => '')]
    return [...filled, ...row.cells.map(({ value }) => value ?? '')]
  })
  return [...heads, ...body].map((line) => line.map(plainCell).join('\t')).join('\n')
}

/** The header over a column at one depth, found by walking the spans. */
function headerAt(
  table: ReportTable,
  { depth, column }: { readonly depth: number; readonly column: number },
  words: Words,
): string {
  for (let level = depth; level >= 0; level -= 1) {
    const cell = coveringCell(table, level, column)
    if (cell && level + cell.depth > depth) return headerText(cell, table, words)
  }
  return ''
}

/** Cells of a header row stand in the columns that no deeper cell from above covers. */
function coveringCell(table: ReportTable, level: number, column: number): HeaderCell | undefined {
  const slots: (HeaderCell | undefined)[] = []
  const blocked = table.columns.map((_, index) => isCoveredFromAbove(table, level, index))
  let place = 0
  for (const cell of table.columnHeaders[level] ?? []) {
    while (blocked[place]) place += 1
    for (let step = 0; step < cell.span; step += 1) slots[place + step] = cell
    place += cell.span
  }
  return slots[column]
}

function isCoveredFromAbove(table: ReportTable, level: number, column: number): boolean {
  for (let above = level - 1; above >= 0; above -= 1) {
    const cell = coveringCell(table, above, column)
    if (cell && above + cell.depth > level) return true
  }
  return false
}

/** Text that a spreadsheet would run as a formula is pasted as text. */
function plainCell(text: string): string {
  const flat = text.replaceAll(/[\t\r\n]+/g, ' ')
  const isNumber = /^[+-]?\d+(\.\d+)?$/.test(flat)
  return /^[=+\-@]/.test(flat) && !isNumber ? `'${flat}` : flat
}

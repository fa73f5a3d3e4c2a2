export type CellValue = string | boolean | null

/** A column of a table: what its cells hold and how they are shown. */
export type TableColumn = {
  /** Name of the member, unique in a table. */
  readonly name: string
  readonly title: string
  /** number, string, boolean or time */
  readonly type: string
  readonly format?: string | null | undefined
  /** Pixels at first. */
  readonly width?: number | undefined
}

export type TableRow = readonly CellValue[]

/** Numbers stand at the right, everything else at the left. */
export function isNumeric(column: Pick<TableColumn, 'type'>): boolean {
  return column.type === 'number'
}

const WIDTHS: Readonly<Record<string, number>> = { number: 120, time: 152, boolean: 88 }

/** Pixels for what stands in a column: its title and the longest of some of its texts, within reason. */
export function firstWidth({ type, title, width }: TableColumn, texts: readonly string[] = []): number {
  if (width !== undefined) return width
  const longest = Math.max(0, ...texts.map((text) => text.length))
  const wanted = Math.max(title.length * 8 + 32, longest * 7 + 28)
  return Math.max(texts.length > 0 ? 88 : (WIDTHS[type] ?? 160), Math.min(320, wanted))
}

/** Rows as tab-separated text: numbers unformatted, so that a spreadsheet takes them as numbers. */
export function toTsv(columns: readonly TableColumn[], rows: readonly TableRow[]): string {
  const lines = [
    columns.map((column) => plain(column.title)),
    ...rows.map((row) => columns.map((_, i) => plain(row[i]))),
  ]
  return lines.map((cells) => cells.join('\t')).join('\n')
}

/** Text that a spreadsheet would run as a formula is pasted as text. */
function plain(value: CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  const text = String(value).replace(/[\t\r\n]+/g, ' ')
  const isNumber = /^[+-]?\d+(\.\d+)?$/.test(text)
  return /^[=+\-@]/.test(text) && !isNumber ? `'${text}` : text
}

import { literal, identifier } from '#warehouse'
import { uniqueNames } from '../mapping/column.ts'
import type { MappedTable } from '../mapping/column.ts'

export const FORMATS = ['csv', 'xlsx', 'parquet', 'json', 'jsonl'] as const
export type Format = (typeof FORMATS)[number]

const SHEET_ROW = '_sheet_row'

/** The longest line. DuckDB holds sixteen of them for each thread unless it is told how much to hold. */
const LINE_BYTES = 1 << 24

/** How a CSV file is laid out; one without a header is `header: false`. */
export type CsvLayout = {
  readonly delimiter: string
  readonly header?: boolean
  /** Lines may end early: what they lack is empty. */
  readonly isPadded?: boolean
  /** False where a quote is a character like any other. */
  readonly isQuoted?: boolean
}

/** A CSV file in UTF-8, every cell as text; lines that break its shape go to DuckDB's reject tables. */
export function csvTable(path: string, columns: readonly string[], layout: CsvLayout): MappedTable {
  const { delimiter, header = true, isPadded = false, isQuoted = true } = layout
  const quote = isQuoted ? `'"'` : `''`
  const names = uniqueNames(columns)
  const types = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ')
  const from = `read_csv(${literal(path)}, auto_detect = false, header = ${header}, delim = ${literal(delimiter)},
    quote = ${quote}, escape = ${quote}, columns = {${types}}, null_padding = ${isPadded}, store_rejects = true,
    max_line_size = ${LINE_BYTES}, buffer_size = ${2 * LINE_BYTES}) as src`
  return {
    from,
    columns: names,
    textOf,
    line: header ? 'row_number() over () + 1' : 'row_number() over ()',
    firstLine: header ? 2 : 1,
    row: 'src',
    hasRealDates: false,
  }
}

/** A sheet that was written as CSV with the number of each row in its last column. */
export function sheetTable(path: string, columns: readonly string[]): MappedTable {
  const table = csvTable(path, [...columns, SHEET_ROW], { delimiter: ',' })
  return {
    from: table.from,
    columns: uniqueNames(columns),
    textOf,
    line: `src.${SHEET_ROW}::bigint`,
    hasOwnLines: true,
    row: table.row,
    hasRealDates: true,
  }
}

export function parquetTable(path: string, columns: readonly string[]): MappedTable {
  return {
    from: `read_parquet(${literal(path)}, file_row_number = true) as src`,
    columns,
    textOf: (column) => `src.${identifier(column)}::varchar`,
    line: 'src.file_row_number + 1',
    hasOwnLines: true,
    row: 'src',
    hasRealDates: true,
  }
}

/** JSON: an array of objects, or an object a line. Nested values stay JSON text. */
export function jsonTable(path: string, format: 'json' | 'jsonl', columns: readonly string[]): MappedTable {
  const shape = format === 'jsonl' ? 'newline_delimited' : 'auto'
  return {
    from: `read_json_objects(${literal(path)}, format = ${literal(shape)}, maximum_object_size = 67108864) as src`,
    columns,
    textOf: (column) => `json_extract_string(src.json, ${literal(`$."${column.replaceAll('"', '\\"')}"`)})`,
    line: 'row_number() over ()',
    row: 'src.json',
    hasRealDates: true,
  }
}

function textOf(column: string): string {
  return `src.${identifier(column)}`
}

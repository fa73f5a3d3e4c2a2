import type { ColumnMapping as Mapping, DeepReadonly, EntityName } from '#config'

/** Where a canonical column comes from: a column of the table, several joined by a text, or a constant. */
export type ColumnMapping = DeepReadonly<Mapping>

/** How a table's columns fill a canonical entity's. */
export type EntityMapping = {
  readonly entity: EntityName
  readonly columns: Readonly<Record<string, ColumnMapping | undefined>>
}

/** How DuckDB reads one table: a FROM item named `src`, and the SQL of its cells (as text), line and whole row. */
export type MappedTable = {
  readonly from: string
  readonly columns: readonly string[]
  readonly textOf: (column: string) => string
  /** Whether a column's cells have no space around them and are null when they are empty. */
  readonly isBare?: (column: string) => boolean
  readonly line: string
  /** The line of the first row, where each row is a line and they come in their order. */
  readonly firstLine?: number
  /** Whether `line` stands in the row itself and does not come of the order of rows. */
  readonly hasOwnLines?: boolean
  readonly row: string
  /** Cells that are dates come as ISO text whatever format the column declares. */
  readonly hasRealDates: boolean
  /** An unusable row is known by its key, not by file and line: it leaves quarantine when the key comes again. */
  readonly isKeyed?: boolean
}

/** The columns of the table that a canonical column is made of. */
export function columnsOf(from: ColumnMapping | undefined): readonly string[] {
  if (from === undefined || 'constant' in from) return []
  return 'columns' in from ? from.columns : [from.column]
}

/** DuckDB compares column names without case, so a second `Name` beside `name` gets a number. */
export function uniqueNames(columns: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return columns.map((column, index) => {
    const name = column === '' ? `column ${index + 1}` : column
    const count = (seen.get(name.toLowerCase()) ?? 0) + 1
    seen.set(name.toLowerCase(), count)
    return count === 1 ? name : `${name} (${count})`
  })
}

import type { Chunk } from './chunk.ts'

/** What a column holds, as far as reading it exactly needs to know. `instant`: a time with its zone. */
export const COLUMN_KINDS = ['text', 'number', 'boolean', 'date', 'timestamp', 'instant', 'binary'] as const
export type ColumnKind = (typeof COLUMN_KINDS)[number]

export type Column = {
  readonly name: string
  readonly kind: ColumnKind
  /** SQL of its value as text: ISO times (an instant with its offset), plain numbers, binary in hex, no special dates. */
  readonly text: string
  /** SQL of its value as text such that `literal` makes the very same value of it. */
  readonly raw: string
}

/** A select of some cells, each SQL of a text, from the rows that `tail` names: `from … where … order by … limit …`. */
export type Selection = { readonly cells: readonly string[]; readonly tail: string }

/** Rows written as CSV without a header: where, how many, and the cells of the last one. */
export type Written = {
  readonly chunk: Chunk
  readonly rows: number
  readonly last: readonly (string | null)[]
}

/** An open, read-only connection to a database, and how its SQL is written. */
export type Driver = {
  quote(name: string): string
  /** A value of a column, from its text. */
  literal(text: string, kind: ColumnKind): string
  /** SQL of the moment some minutes before the one of this literal. */
  minutesBefore(literal: string, kind: ColumnKind, minutes: number): string
  /** SQL of a moment that no honest row is later than, whatever zone its times are in. */
  readonly tomorrow: string
  /** Columns of a FROM item. Throws UserError, naming what is near, for a table that isn't there. */
  columnsOf(relation: string): Promise<readonly Column[]>
  /** Columns of a table's primary key in its order; empty when it has none. */
  primaryKeyOf(table: string): Promise<readonly string[]>
  /** Tables that this user may read, as they are written in embut.yaml. */
  tables(): Promise<readonly string[]>
  /** The first cell of the first row, as text. */
  value(select: string): Promise<string | null>
  /** Writes what a selection gives to a file and flushes it to the disk. */
  copy(selection: Selection, to: string): Promise<Written>
  readonly changes?: ChangeTracking
  close(): Promise<void>
}

/** How a database itself tells rows that changed since a mark. */
export type ChangeTracking = {
  /** The mark of now: all that is committed later comes after it. */
  mark(): Promise<string>
  /** SQL of the condition on a row, or null when the mark is too old to tell and all must be read. */
  changedSince(mark: string): Promise<string | null>
}

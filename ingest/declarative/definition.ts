/** How a column's values travel: decimals and JSON as text, times as instants in UTC. */
export const FIELD_TYPES = ['text', 'bigint', 'integer', 'boolean', 'decimal', 'timestamp', 'json'] as const
export type FieldType = (typeof FIELD_TYPES)[number]

/** Where a column comes from in a record of the service. */
export type FieldOrigin =
  /** One field of the record. */
  | { readonly from: string }
  /** Several fields as one text, e.g. a key of two parts. */
  | { readonly join: readonly string[]; readonly by: string }
  /** One property of those entries of a list that have `kind`, e.g. the phones of a multi-field. */
  | {
      readonly list: string
      readonly kind: { readonly field: string; readonly value: string }
      readonly take: string
    }
  /** Every field whose name starts so, as one JSON map. */
  | { readonly prefix: string }

export type FieldDefinition = FieldOrigin & {
  readonly column: string
  readonly type: FieldType
  /** Values by which the service says that there is none, e.g. `0`; the empty text always does. */
  readonly none?: readonly string[]
}

/** How a list is read to its end. */
export type Paging =
  /** Pages of records whose numeric `id` is greater than the last one seen: stable while records change. */
  | { readonly kind: 'keyset'; readonly id: string }
  /** Pages by position, for short lists. */
  | { readonly kind: 'offset' }
  | { readonly kind: 'single' }

/** What a later sync has to read. */
export type Increment =
  /** Records changed since the last pass began, less `overlapSeconds`. */
  | { readonly kind: 'changed'; readonly field: string; readonly overlapSeconds: number }
  /** Records are only ever added: those above the last id, less `overlapRecords`; `field` limits the first pass. */
  | { readonly kind: 'appended'; readonly field: string; readonly overlapRecords: number }
  /** Everything each time; what is missing then was deleted. */
  | { readonly kind: 'everything' }

export type StreamDefinition = {
  readonly name: string
  readonly key: readonly string[]
  readonly fields: readonly FieldDefinition[]
  /** Fields that are known and not wanted; any other unknown field is kept in `_extra`. */
  readonly ignored: readonly string[]
  readonly request: { readonly method: string; readonly parameters: Readonly<Record<string, unknown>> }
  /** Path to the records in the answer. */
  readonly rows: readonly string[]
  readonly paging: Paging
  readonly increment: Increment
  /** Whether deleted records are looked for, by listing the keys once a day. */
  readonly tracksDeletes: boolean
}

import type * as arrow from 'apache-arrow'
import type { Config, RecordLinks } from '#config'
import type { CustomPlace } from '#warehouse'

/** Where a stream stands: JSON that only its connector understands. */
export type Cursor = Readonly<Record<string, unknown>>

/**
 * One kind of record of a source. A field of `schema` names its raw column's DuckDB type in its metadata under
 * `duckdb`; decimals and lists travel as Utf8 (decimal text, JSON text) and are cast by that type on merge.
 */
export type Stream = {
  readonly name: string
  readonly key: readonly string[]
  readonly schema: arrow.Schema
  readonly tracksDeletes: boolean
  /** Where custom fields are, besides `_extra`; `none` where the key is not the one that marts know the record by. */
  readonly customFields?: readonly CustomPlace[] | 'none'
}

/** A row that cannot be used, with what is known of the reason and the place. */
export type Rejected = {
  readonly row: unknown
  readonly column?: string
  readonly value?: string
  readonly reason: string
  readonly file?: string
  readonly line?: number
}

export type StreamMessage =
  /** Spooled as Arrow IPC and fsynced together with its cursor. */
  | {
      readonly kind: 'records'
      readonly batch: arrow.RecordBatch
      readonly cursor: Cursor
      readonly rejected?: readonly Rejected[]
    }
  /**
   * `select` reads the file into the stream's columns and `_line`; `replaces` is the file whose earlier rows vanish, or
   * null when it only brings rows. The file is on the disk, flushed, and stays until it is merged. Files that only bring
   * rows and whose SELECTs differ in nothing but the literal of the path are read together, by a list in its place.
   */
  | {
      readonly kind: 'file'
      readonly path: string
      readonly select: string
      readonly cursor: Cursor
      readonly replaces: string | null
    }
  /** Keys of records that the source says are gone; one of them that comes again later is there again. */
  | { readonly kind: 'deleted'; readonly batch: arrow.RecordBatch; readonly cursor: Cursor }
  /**
   * Keys that still exist at the source: every other row becomes `_deleted`. A list that is empty in all is taken for
   * a source that lost its rights and ignored, unless it `mayBeEmpty`.
   */
  | { readonly kind: 'present_keys'; readonly batch: arrow.RecordBatch; readonly mayBeEmpty?: boolean }
  /**
   * Keys of days that were read again whole: every other row whose `column` is one of them (`from` to before `to`,
   * YYYY-MM-DD) becomes `_deleted`.
   */
  | {
      readonly kind: 'restated'
      readonly column: string
      readonly from: string
      readonly to: string
      readonly batches: readonly arrow.RecordBatch[]
    }
  | { readonly kind: 'done'; readonly cursor: Cursor; readonly flags?: readonly string[] }

/** Whose rights a source's credentials carry. */
export type Rights = {
  /** A person, an application or a key, by the name that the service has for it. */
  readonly who: string
  /** True for one who sees every record. */
  readonly isFull: boolean
  /** Names of rights that reading needs and that are not given. */
  readonly lacks: readonly string[]
}

export type ConnectorSession = {
  readonly streams: readonly Stream[]
  /** Told before the streams are read where each stands, by name, for a source that gives all of them at once. */
  begin?(cursors: ReadonlyMap<string, Cursor | null>): void
  /** Yields what is new since `cursor`, oldest first; `null` means from the beginning. */
  read(stream: Stream, cursor: Cursor | null): AsyncIterable<StreamMessage>
  /** What is sent to the source is read by the session itself. */
  readonly ownsInbox?: boolean
  /** Streams may be read at the same time; the session keeps to its service's limits by itself. */
  readonly isParallel?: boolean
  /** Whose rights the credentials carry; null where the service does not tell. */
  rights?(): Promise<Rights | null>
  /** Requests so far, those that were refused for a while, and milliseconds waited. */
  usage?(): { readonly requests: number; readonly refusals: number; readonly waitedMs: number }
  close(): Promise<void>
}

/** The slice of pino that rooms use. */
export type Logger = {
  debug(fields: object, message?: string): void
  info(fields: object, message?: string): void
  warn(fields: object, message?: string): void
  error(fields: object, message?: string): void
}

/** A source that Embut has by itself, without a line in embut.yaml. */
export type BuiltInSource = { readonly name: 'workspace'; readonly connector: 'workspace' }

export type ConnectorContext = {
  readonly source: Config['sources'][number] | BuiltInSource
  readonly config: Config
  readonly fetch: typeof fetch
  readonly now: () => Date
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly logger: Logger
  /** Everything is read again, deleted records too. */
  readonly isFull?: boolean
  /** Of a stream that was never read, only the recent days are; the next reading brings the rest. */
  readonly isRecentOnly?: boolean
  readonly secrets: {
    get(key: string): Promise<string | null>
    set(key: string, value: string): Promise<void>
  }
}

export type Connector = {
  readonly kind: string
  /** The connector in whose `all_<kind>` views this one's rows stand, when they have the same shape. */
  readonly sharesViewsOf?: string
  /** Declared streams: their `all_<kind>` views exist even while no source of this kind is configured. */
  readonly streams: readonly Stream[]
  /** Web addresses of a source's records, by patterns in which `{id}` stands for the record's id. */
  links?(source: ConnectorContext['source']): RecordLinks
  open(context: ConnectorContext): Promise<ConnectorSession>
}

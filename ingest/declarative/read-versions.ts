import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Cursor, StreamMessage } from '../connector.ts'
import { isBelievable } from './check-time.ts'
import type { StreamDefinition } from './definition.ts'
import { markOf } from './pages.ts'
import { valueAt } from './path.ts'
import type { StreamReading } from './read-stream.ts'

type Versions = Extract<StreamDefinition['cursor'], { type: 'versions' }>

const DAY = 86_400_000
const MARK_BYTES = 6
/** When more of the records than this are other ones, whole pages are cheaper than records by their keys. */
const PAGES_SHARE = 0.25

const stateSchema = z.object({
  /** Marks of the records as they were read, packed; null until all were read once. */
  versions: z.string().nullable(),
  /** Where the first reading goes on. */
  position: z.record(z.string(), z.unknown()).nullable(),
  checkedAt: z.iso.datetime().nullable(),
  /** How many records there were at the last look over everything. */
  keys: z.number(),
})
type State = Readonly<z.infer<typeof stateSchema>>

const BEGINNING: State = { versions: null, position: null, checkedAt: null, keys: 0 }

/**
 * Everything the first time, then the records whose version is not the one that was read. A record's mark is a digest
 * of its key and version; the marks of a million records take six megabytes of the cursor.
 */
export async function* readVersions(
  reading: StreamReading,
  kind: Versions,
  cursor: Cursor | null,
): AsyncGenerator<StreamMessage> {
  const parsed = stateSchema.safeParse(cursor)
  const state = parsed.success ? parsed.data : BEGINNING
  if (state.versions === null) yield* readAll(reading, kind, state)
  else yield* readChanged(reading, kind, { ...state, versions: unpack(state.versions) })
}

async function* readAll(
  { stream, context, typer, list, first }: StreamReading,
  kind: Versions,
  state: State,
): AsyncGenerator<StreamMessage> {
  const marks = new Set<number>()
  const to = context.now().getTime()
  for await (const { records, next } of list({ from: first, to, position: state.position, afterId: 0 })) {
    for (const record of records) marks.add(digest(stream, kind, record))
    yield { kind: 'records', ...typer.type(records), cursor: { ...BEGINNING, position: next } }
  }
  const checkedAt = context.now().toISOString()
  yield { kind: 'done', cursor: { ...BEGINNING, versions: pack(marks), checkedAt, keys: marks.size } }
}

type Known = Omit<State, 'versions'> & { readonly versions: ReadonlySet<number> }

async function* readChanged(
  reading: StreamReading,
  kind: Versions,
  known: Known,
): AsyncGenerator<StreamMessage> {
  const { typer, context } = reading
  const isDue = reading.isCheckDue(known.checkedAt)
  const isWhole = isDue || kind.recentDays === undefined
  const seen = await scan(reading, kind, isWhole)
  const changed = [...seen.records].filter(([, mark]) => !known.versions.has(mark))
  const old: State = { ...known, versions: pack(known.versions) }
  for await (const records of fetchRecords(reading, kind, { changed, seen }))
    yield { kind: 'records', ...typer.type(records), cursor: old }
  const isTrusted = !isWhole || isBelievable(seen.count, known.keys)
  const kept = isWhole && isTrusted ? [] : known.versions
  const versions = pack(new Set([...kept, ...seen.records.values()]))
  if (!isDue) return yield { kind: 'done', cursor: { ...known, versions } }
  const after = { ...known, versions, checkedAt: context.now().toISOString() }
  if (!isTrusted) {
    const flag = `deleted records not looked for: only ${seen.count} of ${known.keys} keys are visible`
    return yield { kind: 'done', cursor: after, flags: [flag] }
  }
  for (const batch of seen.keys) yield { kind: 'present_keys', batch }
  yield { kind: 'done', cursor: { ...after, keys: seen.count } }
}

/** Keys with their marks, and the same keys as batches, of everything or of what is recent. */
async function scan(
  { stream, context, typer, list, first }: StreamReading,
  kind: Versions,
  isWhole: boolean,
) {
  const to = context.now().getTime()
  const recent = kind.recentDays === undefined || isWhole ? null : to - kind.recentDays * DAY
  const from = recent === null ? first : Math.max(first ?? recent, recent)
  const ask = { from, to, position: null, afterId: 0, overlay: kind.scan, size: kind.size }
  const records = new Map<string, number>()
  const keys = []
  for await (const portion of list(ask)) {
    keys.push(typer.keys(portion.records))
    for (const record of portion.records)
      records.set(markOf({ stream }, record), digest(stream, kind, record))
  }
  return { records, keys, count: records.size }
}

type Wanted = {
  readonly changed: readonly (readonly [key: string, mark: number])[]
  readonly seen: { readonly count: number }
}

async function* fetchRecords(
  { context, list, first }: StreamReading,
  kind: Versions,
  { changed, seen }: Wanted,
): AsyncGenerator<readonly unknown[]> {
  const to = context.now().getTime()
  const ask = { from: first, to, position: null, afterId: 0 }
  if (changed.length > Math.max(kind.batch, seen.count * PAGES_SHARE)) {
    for await (const { records } of list(ask)) yield records
    return
  }
  for (let start = 0; start < changed.length; start += kind.batch) {
    const batch = changed.slice(start, start + kind.batch).map(([key]) => key)
    for await (const { records } of list({ ...ask, from: null, overlay: kind.fetch, batch })) yield records
  }
}

function digest(stream: StreamDefinition, { version }: Versions, record: unknown): number {
  const text = `${markOf({ stream }, record)} ${String(valueAt(record, version))}`
  return createHash('sha1').update(text).digest().readUIntBE(0, MARK_BYTES)
}

function pack(marks: Iterable<number>): string {
  const sorted = Float64Array.from(marks).sort()
  const bytes = Buffer.alloc(sorted.length * MARK_BYTES)
  for (const [index, mark] of sorted.entries()) bytes.writeUIntBE(mark, index * MARK_BYTES, MARK_BYTES)
  return bytes.toString('base64')
}

function unpack(text: string): ReadonlySet<number> {
  const bytes = Buffer.from(text, 'base64')
  const marks = new Set<number>()
  for (let at = 0; at + MARK_BYTES <= bytes.length; at += MARK_BYTES)
    marks.add(bytes.readUIntBE(at, MARK_BYTES))
  return marks
}

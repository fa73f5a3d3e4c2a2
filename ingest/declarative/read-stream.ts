import { SourceError } from '#config'
import type { ConnectorContext, Cursor, StreamMessage } from '../connector.ts'
import { WHOLE_SINCE } from '#warehouse'
import { isBelievable } from './check-time.ts'
import type { PartialRequest } from './definition-request.ts'
import type { StreamDefinition } from './definition.ts'
import type { Portion } from './pages.ts'
import {
  beginHistory,
  beginPass,
  endOfDays,
  endPass,
  halfSlice,
  keepPass,
  nextSlice,
  putOffHistory,
} from './pass.ts'
import { valueAt } from './path.ts'
import { Interruption } from './problem.ts'
import { readProgress, type Pass, type Progress } from './progress.ts'
import { readVersions } from './read-versions.ts'
import type { RecordTyper } from './record.ts'
import { createSettling } from './settle-days.ts'

/** What of a list is read: bounds in time, where it goes on, and what is laid over its request. */
export type ListAsk = Pick<Pass, 'from' | 'to' | 'position' | 'afterId'> & {
  /** Only what is older than the slice's end is wanted, for the rest was read first. */
  readonly isHistory?: boolean
  readonly link?: string | null
  /** Keys of the only records that are wanted, as `{{ batch }}`. */
  readonly batch?: readonly string[]
  /** Records to a page, when it is not the stream's own number. */
  readonly size?: number
  readonly overlay?: PartialRequest | undefined
}

export type StreamReading = {
  readonly context: ConnectorContext
  readonly stream: StreamDefinition
  readonly typer: RecordTyper
  list(ask: ListAsk): AsyncGenerator<Portion>
  /** The wall time of an instant where the source is. */
  wall(instant: number): number
  /** Instant before which nothing is wanted, in ms. */
  readonly first: number | null
  /** Whether a list of deleted records is due, given when it was made last. */
  isCheckDue(checkedAt: string | null): boolean
}

const RESTARTS = 3

/** What is new in a stream since a cursor, then (once a day) what was deleted. */
export async function* readStream(
  reading: StreamReading,
  cursor: Cursor | null,
): AsyncGenerator<StreamMessage> {
  const { cursor: kind } = reading.stream
  if (kind.type === 'everything') yield* readEverything(reading)
  else if (kind.type === 'versions') yield* readVersions(reading, kind, cursor)
  else yield* readIncrement(reading, readProgress(cursor))
}

async function* readEverything({
  stream,
  typer,
  context,
  list,
}: StreamReading): AsyncGenerator<StreamMessage> {
  const now = context.now().getTime()
  for await (const { records } of list({ from: null, to: now, position: null, afterId: 0 })) {
    yield { kind: 'records', ...typer.type(records), cursor: {} }
    if (stream.deletes.type === 'absent') yield { kind: 'present_keys', batch: typer.keys(records) }
  }
  yield { kind: 'done', cursor: {} }
}

async function* readIncrement(reading: StreamReading, from: Progress): AsyncGenerator<StreamMessage> {
  const { stream, context, typer } = reading
  let progress = from
  yield* readTold(reading, from)
  for await (const { records, after, isPlace, restated } of readPasses(reading, from)) {
    const gone = records.filter((record) => isGone(stream, record))
    if (gone.length > 0) yield { kind: 'deleted', batch: typer.keys(gone), cursor: progress }
    const there = gone.length === 0 ? records : records.filter((record) => !isGone(stream, record))
    progress = after
    if (restated) yield restated
    if (records.length > 0 || isPlace) yield { kind: 'records', ...typer.type(there), cursor: progress }
  }
  if (progress.history !== null) {
    yield { kind: 'done', cursor: progress, flags: [`${WHOLE_SINCE}${dayOf(progress.history.before)}`] }
    return
  }
  const due = reading.isCheckDue(from.checkedAt)
  if (due && stream.deletes.type === 'keys') yield* checkKeys(reading, progress)
  else if (due && stream.deletes.type === 'flag') yield* readFlagged(reading, progress)
  else yield { kind: 'done', cursor: progress }
  context.logger.debug({ source: context.source.name, stream: stream.name }, 'stream read')
}

type Step = {
  readonly records: readonly unknown[]
  readonly after: Progress
  readonly isPlace: boolean
  /** What the days of the slice have now, with its last page. */
  readonly restated: StreamMessage | null
}

function isGone({ deletes }: StreamDefinition, record: unknown): boolean {
  if (deletes.type !== 'keys' || deletes.gone === undefined) return false
  const said = valueAt(record, deletes.gone)
  return said !== undefined && said !== null
}

/** What the service says went since the last pass. Before what is new, so that a record that was put back is there. */
async function* readTold(
  { stream, typer, context, list }: StreamReading,
  from: Progress,
): AsyncGenerator<StreamMessage> {
  const { deletes, cursor } = stream
  if (deletes.type !== 'keys' || deletes.told === undefined || from.watermark === null) return
  const overlap = 'overlap' in cursor ? cursor.overlap * 1000 : 0
  const since = Date.parse(from.watermark) - overlap
  const ask = { from: since, to: context.now().getTime(), position: null, afterId: 0, overlay: deletes.told }
  for await (const { records } of list(ask))
    if (records.length > 0) yield { kind: 'deleted', batch: typer.keys(records), cursor: from }
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}

/** What is new; the first time the recent days alone, and after them what is older, unless they alone are wanted. */
async function* readPasses(reading: StreamReading, from: Progress): AsyncGenerator<Step> {
  const { stream, context, first } = reading
  const now = context.now().getTime()
  const { cursor } = stream
  const end = cursor.type === 'days' ? endOfDays(cursor.today, reading.wall(now)) : now
  const bounds = { now: end, first }
  let progress = putOffHistory(stream, from, bounds)
  const recent = progress.watermark === null && progress.history !== null ? progress.history.before : first
  const pass = progress.pass ?? beginPass(stream, progress, { now: end, first: recent })
  for await (const step of readPass(
    reading,
    pass,
    from.pass === null ? { ...progress, unsettled: null } : progress,
  )) {
    progress = step.after
    yield step
  }
  if (progress.history === null || context.isRecentOnly === true) return
  const { before, pass: older } = progress.history
  yield* readPass(reading, older ?? beginHistory(stream, before, bounds), progress)
}

/** The pages of a pass, slice by slice, each with the progress after it; the last has the progress after the pass. */
async function* readPass(reading: StreamReading, begun: Pass, from: Progress): AsyncGenerator<Step> {
  const { stream } = reading
  let pass: Pass | null = begun
  let progress = from
  let restarts = 0
  while (pass !== null) {
    const slice: Slice = { pass, progress, isCut: null }
    yield* readSlice(reading, slice)
    const { isCut }: Slice = slice
    progress = isCut === null ? slice.progress : { ...slice.progress, link: null }
    pass =
      isCut === null
        ? nextSlice(stream, slice.pass)
        : otherWay(reading, slice.pass, { isCut, restarts: ++restarts })
  }
}

/** How far a slice is; `isCut` says why it ended before its end. */
export type Slice = { pass: Pass; progress: Progress; isCut: Interruption['kind'] | null }

async function* readSlice(reading: StreamReading, slice: Slice): AsyncGenerator<Step> {
  const { list, stream, context } = reading
  const settling = createSettling(reading, slice)
  try {
    for await (const portion of list({ ...slice.pass, link: slice.progress.link })) {
      if (portion.link !== undefined) slice.progress = { ...slice.progress, link: portion.link }
      slice.pass = advance(slice.pass, portion)
      const going = portion.next === null ? nextSlice(stream, slice.pass) : slice.pass
      const after =
        going === null ? endPass(slice.progress, slice.pass, context.now()) : keepPass(slice.progress, going)
      const isPlace = portion.isPlace === true
      yield { records: portion.records, after, isPlace, restated: settling.take(portion) }
    }
  } catch (error) {
    if (!(error instanceof Interruption)) throw error
    slice.isCut = error.kind
  }
}

function advance(pass: Pass, portion: Portion): Pass {
  return {
    ...pass,
    position: portion.next,
    afterId: Math.max(pass.afterId, portion.after ?? 0),
    startedAt: pass.startedAt ?? portion.clock,
  }
}

function otherWay(
  { context, stream }: StreamReading,
  pass: Pass,
  { isCut, restarts }: { readonly isCut: Interruption['kind']; readonly restarts: number },
): Pass {
  const source = context.source.name
  const again = restarts <= RESTARTS ? { ...pass, position: null } : null
  const other = isCut === 'split' ? halfSlice(stream, pass) : again
  if (other !== null) return other
  const why = isCut === 'split' ? 'has more records in a minute than it gives' : 'loses the place in the list'
  const message = `Source ${source} ${why} of ${stream.name}. Nothing was lost; try later.`
  throw new SourceError(message, { source, stream: stream.name, retryable: true })
}

async function* checkKeys(
  { stream, typer, context, list }: StreamReading,
  done: Progress,
): AsyncGenerator<StreamMessage> {
  const overlay = stream.deletes.type === 'keys' ? stream.deletes.request : undefined
  const to = context.now().getTime()
  const batches = []
  let count = 0
  for await (const { records } of list({ from: null, to, position: null, afterId: 0, overlay })) {
    batches.push(typer.keys(records))
    count += records.length
  }
  const cursor = { ...done, checkedAt: context.now().toISOString() }
  // A user who lost rights sees fewer records without any error, and that must not delete the others.
  if (!isBelievable(count, done.keys)) {
    const flag = `deleted records not looked for: only ${count} of ${done.keys} keys are visible`
    yield { kind: 'done', cursor, flags: [flag] }
    return
  }
  for (const batch of batches) yield { kind: 'present_keys', batch }
  yield { kind: 'done', cursor: { ...cursor, keys: count } }
}

/** Deleted records that a list of their own has, marked as such in a column. */
async function* readFlagged(
  { stream, typer, context, list }: StreamReading,
  done: Progress,
): AsyncGenerator<StreamMessage> {
  const overlay = stream.deletes.type === 'flag' ? stream.deletes.request : undefined
  const cursor = { ...done, checkedAt: context.now().toISOString() }
  if (overlay !== undefined) {
    const ask = { from: null, to: context.now().getTime(), position: null, afterId: 0, overlay }
    for await (const { records } of list(ask)) yield { kind: 'records', ...typer.type(records), cursor: done }
  }
  yield { kind: 'done', cursor }
}

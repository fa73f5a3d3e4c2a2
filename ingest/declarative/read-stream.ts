import type { ConnectorContext, Cursor, StreamMessage } from '../connector.ts'
import type { StreamDefinition } from './definition.ts'
import { readKeyset, readOffset } from './pager.ts'
import { readProgress, type Progress } from './progress.ts'
import type { Protocol } from './protocol.ts'
import type { RecordTyper, ServiceRecord } from './record.ts'

export type StreamReading = {
  readonly context: ConnectorContext
  readonly protocol: Protocol
  readonly definition: StreamDefinition
  readonly typer: RecordTyper
  /** Day before which nothing is wanted, `YYYY-MM-DD`. */
  readonly since: string | null
}

// A little less than a day, so that a daily schedule that starts a minute early still checks.
const CHECK_AFTER_MS = 20 * 3_600_000
const TRUSTED_SHARE = 0.5

/** What is new in a stream since a cursor, then (once a day) the keys that still exist. */
export async function* readStream(
  reading: StreamReading,
  cursor: Cursor | null,
): AsyncGenerator<StreamMessage> {
  const { definition } = reading
  if (definition.increment.kind === 'everything') yield* readEverything(reading)
  else yield* readIncrement(reading, readProgress(cursor))
}

async function* readEverything({
  protocol,
  definition,
  typer,
  context,
}: StreamReading): AsyncGenerator<StreamMessage> {
  const all: ServiceRecord[] = []
  for await (const { records } of readOffset(protocol, definition, context.source.name)) {
    all.push(...records)
    yield { kind: 'records', ...typer.type(records), cursor: {} }
  }
  if (definition.tracksDeletes) yield { kind: 'present_keys', batch: typer.keys(all) }
  yield { kind: 'done', cursor: {} }
}

async function* readIncrement(reading: StreamReading, from: Progress): AsyncGenerator<StreamMessage> {
  const { protocol, definition, typer, context } = reading
  let progress: Progress = { ...from, pass: from.pass ?? beginPass(reading, from) }
  const { after, since } = progress.pass ?? { after: 0, since: null }
  for await (const portion of readKeyset(protocol, definition, {
    source: context.source.name,
    after,
    since,
    keysOnly: false,
  })) {
    progress = advance(progress, portion)
    if (portion.records.length > 0)
      yield { kind: 'records', ...typer.type(portion.records), cursor: progress }
  }
  const done = endPass(progress, context.now())
  const isCheckDue =
    from.checkedAt !== null && context.now().getTime() - Date.parse(from.checkedAt) >= CHECK_AFTER_MS
  if (definition.tracksDeletes && isCheckDue) yield* checkKeys(reading, done)
  else yield { kind: 'done', cursor: done }
}

function beginPass({ definition, since }: StreamReading, progress: Progress): NonNullable<Progress['pass']> {
  const first = since === null ? null : `${since}T00:00:00+00:00`
  const { increment } = definition
  if (increment.kind === 'appended') {
    const after = Math.max(0, (progress.lastId ?? 0) - increment.overlapRecords)
    return { since: progress.lastId === null ? first : null, startedAt: null, after }
  }
  const overlap = increment.kind === 'changed' ? increment.overlapSeconds * 1000 : 0
  const changed = progress.watermark && serviceTime(Date.parse(progress.watermark) - overlap)
  return { since: changed ?? first, startedAt: null, after: 0 }
}

function serviceTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}+00:00`
}

function advance(progress: Progress, portion: { after: number; serverTime: string | null }): Progress {
  const pass = progress.pass ?? { since: null, startedAt: null, after: 0 }
  return {
    ...progress,
    pass: { ...pass, after: portion.after, startedAt: pass.startedAt ?? portion.serverTime },
  }
}

// The watermark is when the pass began: a record that changed behind it, on a page already read, is read next time.
function endPass(progress: Progress, now: Date): Progress {
  const { pass, lastId, watermark } = progress
  return {
    ...progress,
    watermark: pass?.startedAt ?? watermark,
    lastId: Math.max(lastId ?? 0, pass?.after ?? 0),
    pass: null,
    checkedAt: progress.checkedAt ?? now.toISOString(),
  }
}

async function* checkKeys(
  { protocol, definition, typer, context }: StreamReading,
  done: Progress,
): AsyncGenerator<StreamMessage> {
  const all: ServiceRecord[] = []
  const options = { source: context.source.name, after: 0, since: null, keysOnly: true }
  for await (const { records } of readKeyset(protocol, definition, options)) all.push(...records)
  const cursor = { ...done, checkedAt: context.now().toISOString() }
  // A user who lost rights sees fewer records without any error, and that must not delete the others.
  if (done.keys !== null && all.length < done.keys * TRUSTED_SHARE) {
    const flag = `deleted records not looked for: only ${all.length} of ${done.keys} keys are visible`
    yield { kind: 'done', cursor, flags: [flag] }
    return
  }
  yield { kind: 'present_keys', batch: typer.keys(all) }
  yield { kind: 'done', cursor: { ...cursor, keys: all.length } }
}

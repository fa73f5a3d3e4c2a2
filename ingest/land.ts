import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { literal, mergeLoad, readStreamStates, stageLoad } from '#warehouse'
import type { Connection, Input, LedgerLine, Load, StagedLoad, Tombstones } from '#warehouse'
import type { Rejected, Stream } from './connector.ts'
import type { Segment, Spool } from './spool.ts'

/** A stream with its spool, and when its extraction began. */
export type SpooledStream = { readonly stream: Stream; readonly spool: Spool; readonly startedAt: Date }

export type LandOptions = {
  readonly source: string
  readonly now: () => Date
  /** Called within the merge's transaction, after the rows are in. */
  readonly afterMerge: (loads: readonly LedgerLine[]) => Promise<void>
}

/** Ledger lines of what was merged; `isDetached`: the spool was another warehouse's, and the source must be read again. */
export type Landing = { readonly loads: readonly LedgerLine[]; readonly isDetached: boolean }

/**
 * Merges everything spooled for a source in one transaction, so that a build never sees half of it, and removes it
 * from the spool. A spool that doesn't follow on what the warehouse has is emptied, and nothing is merged.
 */
export async function landSource(
  connection: Connection,
  spooled: readonly SpooledStream[],
  { source, now, afterMerge }: LandOptions,
): Promise<Landing> {
  if (!(await settleSpools(connection, source, spooled))) return { loads: [], isDetached: true }
  const pending = await Promise.all(
    spooled.map(async (each) => ({ ...each, segments: await usable(each.spool) })),
  )
  const filled = pending.filter(({ segments }) => segments.length > 0)
  const staged: StagedLoad[] = []
  for (const [slot, each] of filled.entries()) {
    staged.push(await stageLoad(connection, toLoad(each, each.segments, await each.spool.cursor()), slot))
  }
  const loads = await connection.transaction(async () => {
    const merged: LedgerLine[] = []
    for (const load of staged) merged.push(await mergeLoad(connection, load, { source, now: now() }))
    await afterMerge(merged)
    return merged
  })
  await settleSpools(connection, source, spooled)
  return { loads, isDetached: false }
}

/** Tells each spool what the warehouse has of it; false if one of them did not follow on that. */
export async function settleSpools(
  connection: Connection,
  source: string,
  spooled: readonly Pick<SpooledStream, 'stream' | 'spool'>[],
): Promise<boolean> {
  const states = await readStreamStates(connection, source)
  let follow = true
  for (const { stream, spool } of spooled) {
    const state = states.get(stream.name)
    const cursor = cursorSchema.parse(state?.cursor ?? null)
    follow = (await spool.settle({ cursor, sequence: state?.spoolSequence ?? 0 })) && follow
  }
  return follow
}

const cursorSchema = z.record(z.string(), z.unknown()).nullable()

/** Pending segments up to the first whose file changed or went since: that one and all after it are read again. */
async function usable(spool: Spool): Promise<readonly Segment[]> {
  const pending = await spool.pending()
  const checks = await Promise.all(pending.map(isIntact))
  const broken = checks.indexOf(false)
  if (broken === -1) return pending
  await spool.remove(pending.slice(broken))
  return pending.slice(0, broken)
}

async function isIntact(segment: Segment): Promise<boolean> {
  if (segment.kind !== 'file') return true
  const now = await stat(segment.path).catch(() => null)
  return now !== null && now.size === segment.bytes && now.mtimeMs === segment.modifiedMs
}

function toLoad(each: SpooledStream, segments: readonly Segment[], cursor: unknown): Load {
  const keys = finishedKeyCheck(segments)
  return {
    stream: each.stream,
    inputs: inputsOf(segments, each.spool),
    rejected: segments.flatMap((segment): readonly Rejected[] =>
      segment.kind === 'records' ? segment.rejected : [],
    ),
    presentKeys:
      keys === null ? null : { batches: batchesOf(keys, each.spool), mayBeEmpty: keys.every(mayBeEmpty) },
    restated: segments.flatMap((segment) =>
      segment.kind === 'restated' && segment.rows > 0
        ? [{ ...segment, batches: batchesOf([segment], each.spool) }]
        : [],
    ),
    tombstones: tombstonesOf(segments, each.spool),
    cursor,
    spoolSequence: Math.max(...segments.map(({ sequence }) => sequence)),
    startedAt: each.startedAt,
    bytes: segments.reduce((sum, segment) => sum + ('bytes' in segment ? segment.bytes : 0), 0),
    flags: flagsOf(segments),
  }
}

/** Keys that are gone, with how many of the load's rows came before each list; the later ones are there again. */
function tombstonesOf(segments: readonly Segment[], spool: Spool): readonly Tombstones[] {
  let rowsBefore = 0
  const tombstones: Tombstones[] = []
  for (const segment of segments) {
    if (segment.kind === 'records') rowsBefore += segment.rows
    if (segment.kind === 'deleted' && segment.rows > 0)
      tombstones.push({ rowsBefore, batches: batchesOf([segment], spool) })
  }
  return tombstones
}

function flagsOf(segments: readonly Segment[]): readonly string[] {
  const said = segments.flatMap((segment) => (segment.kind === 'done' ? segment.flags : []))
  return segments.at(-1)?.kind === 'done' ? said : [...said, 'incomplete: the source was not read to its end']
}

/**
 * Records that follow each other go in as one run of batches, and so do files of one shape that only bring rows. A file
 * that replaces what it brought before is an input of its own.
 */
function inputsOf(segments: readonly Segment[], spool: Spool): readonly Input[] {
  const inputs: Input[] = []
  let run: Segment[] = []
  let alike: FileSegment[] = []
  const flush = () => {
    if (run.length > 0) inputs.push({ kind: 'arrow', batches: batchesOf(run, spool) })
    if (alike.length > 0) inputs.push({ kind: 'select', select: selectOfAll(alike), file: null })
    run = []
    alike = []
  }
  const newest = new Map(
    segments.flatMap((each) =>
      each.kind === 'file' && each.file !== null ? [[each.file, each.sequence]] : [],
    ),
  )
  for (const segment of segments) {
    if (segment.kind === 'records' && segment.rows > 0) {
      if (alike.length > 0) flush()
      run.push(segment)
    }
    if (segment.kind !== 'file') continue
    if (segment.file !== null && newest.get(segment.file) !== segment.sequence) continue
    const [first] = alike
    if (first === undefined || segment.file !== null || shapeOf(first) !== shapeOf(segment)) flush()
    if (segment.file === null) alike.push(segment)
    else inputs.push({ kind: 'select', select: segment.select, file: segment.file })
  }
  flush()
  return inputs
}

type FileSegment = Extract<Segment, { readonly kind: 'file' }>

const PLACE = '{files}'

/** A file's SELECT without its path. */
function shapeOf({ select, path }: FileSegment): string {
  return select.replaceAll(literal(path), PLACE)
}

/** One SELECT over files of one shape, which DuckDB reads side by side and gives in their order. */
function selectOfAll(files: readonly FileSegment[]): string {
  const [first] = files
  if (first === undefined || files.length === 1) return first?.select ?? ''
  const paths = files.map(({ path }) => literal(path)).join(', ')
  return shapeOf(first).replaceAll(PLACE, () => `[${paths}]`)
}

async function* batchesOf(segments: readonly Segment[], spool: Spool) {
  for (const segment of segments) yield* await spool.batches(segment)
}

/** The keys of the last check that was read to its end; null when there was none. */
function finishedKeyCheck(segments: readonly Segment[]): readonly Segment[] | null {
  const end = segments.findLastIndex(({ kind }) => kind === 'done')
  const start = segments.findLastIndex(({ kind }, index) => kind === 'done' && index < end)
  const keys = segments.slice(start + 1, Math.max(end, 0)).filter(({ kind }) => kind === 'keys')
  return keys.length === 0 ? null : keys
}

function mayBeEmpty(segment: Segment): boolean {
  return segment.kind === 'keys' && segment.mayBeEmpty
}

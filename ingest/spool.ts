import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { RecordBatchStreamWriter, tableFromIPC } from 'apache-arrow'
import type { RecordBatch } from 'apache-arrow'
import { z } from 'zod'
import type { Cursor } from './connector.ts'
import { writeDurably } from './durable.ts'

const rejectedSchema = z.object({
  row: z.unknown(),
  column: z.string().exactOptional(),
  value: z.string().exactOptional(),
  reason: z.string(),
  file: z.string().exactOptional(),
  line: z.number().exactOptional(),
})

const segmentSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('records'),
    sequence: z.number(),
    cursor: z.record(z.string(), z.unknown()),
    rejected: z.array(rejectedSchema),
    rows: z.number(),
    bytes: z.number(),
  }),
  z.object({
    kind: z.literal('file'),
    sequence: z.number(),
    cursor: z.record(z.string(), z.unknown()),
    path: z.string(),
    select: z.string(),
    file: z.string().nullable(),
    bytes: z.number(),
    modifiedMs: z.number(),
  }),
  z.object({
    kind: z.literal('keys'),
    sequence: z.number(),
    rows: z.number(),
    bytes: z.number(),
    mayBeEmpty: z.boolean(),
  }),
  z.object({
    kind: z.literal('deleted'),
    sequence: z.number(),
    cursor: z.record(z.string(), z.unknown()),
    rows: z.number(),
    bytes: z.number(),
  }),
  z.object({
    kind: z.literal('restated'),
    sequence: z.number(),
    column: z.string(),
    from: z.iso.date(),
    to: z.iso.date(),
    rows: z.number(),
    bytes: z.number(),
  }),
  z.object({
    kind: z.literal('done'),
    sequence: z.number(),
    cursor: z.record(z.string(), z.unknown()),
    flags: z.array(z.string()),
  }),
])

/** One durable step of a stream: what was read, and the cursor after it. */
export type Segment = Readonly<z.output<typeof segmentSchema>>
type Unnumbered<T> = T extends unknown ? Omit<T, 'sequence'> : never
export type NewSegment = Unnumbered<Segment>

const settledSchema = z.object({
  cursor: z.record(z.string(), z.unknown()).nullable(),
  merged: z.number(),
  last: z.number(),
})

/** How far the warehouse has merged a spool, and the cursor it has then. */
export type Merged = { readonly cursor: Cursor | null; readonly sequence: number }

/** The spool of one stream: a folder of numbered segments, each of which is there whole or not at all. */
export type Spool = {
  /** Segments not merged yet, oldest first. */
  pending(): Promise<readonly Segment[]>
  /** Where to go on reading: after the last segment, else where the warehouse stood when it was last asked. */
  cursor(): Promise<Cursor | null>
  /** Writes a segment with its batches and returns when it is on the disk. */
  append(segment: NewSegment, batches?: readonly RecordBatch[]): Promise<Segment>
  /** The batches of a segment. They lie where the next segment's are read to: they hold until those are asked for. */
  batches(segment: Segment): Promise<readonly RecordBatch[]>
  remove(segments: readonly Segment[]): Promise<void>
  /**
   * Tells the spool what the warehouse has: merged segments go. If the warehouse has less than it had before (it was
   * restored or made anew), what is spooled does not follow on it and goes too. Returns false in that case.
   */
  settle(merged: Merged): Promise<boolean>
}

/** Opens a stream's spool and removes data whose segment was never completed. */
export async function openSpool(folder: string): Promise<Spool> {
  await mkdir(folder, { recursive: true })
  await sweep(folder)
  let settled = await readSettled(folder)
  let last = Math.max(settled.last, ...(await readSegments(folder)).map(({ sequence }) => sequence))
  const read = bufferedReader()
  const remove = async (segments: readonly Segment[]) => {
    for (const { sequence } of segments) await removeSegment(folder, sequence)
  }
  return {
    pending: () => readSegments(folder),
    cursor: async () => lastCursor(await readSegments(folder)) ?? settled.cursor,
    append: async (segment, batches) => {
      last += 1
      const numbered = segmentSchema.parse({ ...segment, sequence: last })
      if (batches !== undefined) await writeDurably(folder, dataName(last), encode(batches))
      await writeDurably(folder, segmentName(last), Buffer.from(JSON.stringify(numbered)))
      return numbered
    },
    batches: async (segment) => tableFromIPC(await read(join(folder, dataName(segment.sequence)))).batches,
    remove,
    settle: async ({ cursor, sequence }) => {
      const follows = sequence >= settled.merged
      const pending = await readSegments(folder)
      last = Math.max(last, sequence)
      const next = { cursor, merged: sequence, last }
      if (JSON.stringify(next) !== JSON.stringify(settled)) {
        await writeDurably(folder, SETTLED, Buffer.from(JSON.stringify(next)))
      }
      settled = next
      await remove(follows ? pending.filter((segment) => segment.sequence <= sequence) : pending)
      return follows
    },
  }
}

/** Reads whole files into one buffer: new ones would stay in memory until garbage is collected. */
function bufferedReader(): (path: string) => Promise<Uint8Array> {
  let buffer = Buffer.alloc(0)
  return async (path) => {
    await using file = await open(path)
    const { size } = await file.stat()
    if (buffer.length < size) buffer = Buffer.alloc(2 * size)
    const { bytesRead } = await file.read(buffer, 0, size, 0)
    if (bytesRead < size) throw new Error(`${path} ends before its ${size} bytes`)
    return buffer.subarray(0, size)
  }
}

const SETTLED = 'merged.state'

async function readSettled(folder: string): Promise<z.output<typeof settledSchema>> {
  const text = await readFile(join(folder, SETTLED), 'utf8').catch(() => null)
  return text === null ? { cursor: null, merged: 0, last: 0 } : settledSchema.parse(JSON.parse(text))
}

async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder)
  const complete = new Set(names.filter((name) => name.endsWith('.json')).map(sequenceOf))
  const isOrphan = (name: string) =>
    name.endsWith('.tmp') || (name.endsWith('.arrow') && !complete.has(sequenceOf(name)))
  for (const name of names.filter(isOrphan)) await rm(join(folder, name), { force: true })
}

async function readSegments(folder: string): Promise<readonly Segment[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.map((text) => segmentSchema.parse(JSON.parse(text)))
}

/** The JSON goes last when a segment is written, so it goes first when one is removed. */
async function removeSegment(folder: string, sequence: number): Promise<void> {
  await rm(join(folder, segmentName(sequence)), { force: true })
  await rm(join(folder, dataName(sequence)), { force: true })
}

function encode(batches: readonly RecordBatch[]): Uint8Array {
  const writer = new RecordBatchStreamWriter()
  for (const batch of batches) writer.write(batch)
  return writer.finish().toUint8Array(true)
}

const segmentName = (sequence: number) => `${String(sequence).padStart(12, '0')}.json`
const dataName = (sequence: number) => `${String(sequence).padStart(12, '0')}.arrow`
const sequenceOf = (name: string) => Number.parseInt(name, 10)

/** The cursor of the last of some segments that has one. */
export function lastCursor(segments: readonly Segment[]): Cursor | null {
  const last = segments.findLast((segment) => segment.kind !== 'keys' && segment.kind !== 'restated')
  return last !== undefined && 'cursor' in last ? last.cursor : null
}

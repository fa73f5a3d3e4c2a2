import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Rejected } from '../../connector.ts'
import { createChunk, csvLine } from '../database/chunk.ts'
import type { Chunk, ChunkFile } from '../database/chunk.ts'
import { refuseMissingColumns } from '../mapping/select.ts'
import { parseMessage, propertiesOf, streamNamedIn } from './message.ts'
import type { Message } from './message.ts'
import type { Target } from './target.ts'

const FILE_ROWS = 250_000

/** What a run of a tap brought, on the disk. */
export type Collected = {
  readonly files: readonly { readonly target: Target; readonly chunk: Chunk }[]
  readonly rejected: readonly { readonly target: Target; readonly rejected: Rejected }[]
  /** The last state the tap said, undefined when it said none. */
  readonly state: unknown
  /** Versions by stream: of the last row, and put in force. */
  readonly versions: ReadonlyMap<string, { readonly seen: number; readonly active: number | null }>
}

export type Collector = { line(text: string): void; end(): Collected }

/** Takes the lines of a tap and writes each stream's records to files of its own. */
export function createCollector(targets: readonly Target[], folder: string, source: string): Collector {
  const writer = createWriter(folder)
  const rejected: { target: Target; rejected: Rejected }[] = []
  const versions = new Map<string, { seen: number; active: number | null }>()
  let state: unknown = undefined
  const takeRecord = ({ stream, record, version }: Extract<Message, { type: 'RECORD' }>) => {
    const known = version ?? null
    for (const target of targets) {
      if (!target.names.includes(stream)) continue
      if (known !== null) {
        versions.set(target.from, { active: versions.get(target.from)?.active ?? null, seen: known })
      }
      writer.write(target, csvLine([...target.cells(record), known === null ? null : String(known)]))
    }
  }
  const take = (message: Message) => {
    switch (message.type) {
      case 'SCHEMA':
        return checkColumns(targets, message, source)
      case 'RECORD':
        return takeRecord(message)
      case 'STATE':
        state = message.value
        return
      case 'ACTIVATE_VERSION':
        for (const { from, names } of targets) {
          if (names.includes(message.stream))
            versions.set(from, { seen: message.version, active: message.version })
        }
    }
  }
  return {
    line: (text) => {
      const message = parsed(text)
      if (message instanceof Error) rejected.push(...rejections(targets, text, message))
      else if (message !== null) take(message)
    },
    end: () => ({ files: writer.end(), rejected, state, versions }),
  }
}

function parsed(line: string): Message | Error | null {
  try {
    return parseMessage(line)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Writes lines to a file for each target, a new one when it has grown long. */
function createWriter(folder: string) {
  mkdirSync(folder, { recursive: true })
  const open = new Map<Target, { readonly file: ChunkFile; rows: number }>()
  const files: { readonly target: Target; readonly chunk: Chunk }[] = []
  const start = (target: Target) => {
    const started = { file: createChunk(join(folder, `${randomUUID()}.csv`)), rows: 0 }
    open.set(target, started)
    return started
  }
  return {
    write: (target: Target, line: string) => {
      const current = open.get(target) ?? start(target)
      current.file.addText(line)
      current.rows += 1
      if (current.rows < FILE_ROWS) return
      files.push({ target, chunk: current.file.end() })
      open.delete(target)
    },
    end: () => {
      for (const [target, { file }] of open) files.push({ target, chunk: file.end() })
      open.clear()
      return files
    },
  }
}

function checkColumns(
  targets: readonly Target[],
  message: Extract<Message, { type: 'SCHEMA' }>,
  source: string,
): void {
  const properties = propertiesOf(message.schema)
  if (properties.size === 0) return
  for (const { from, names, mapping } of targets) {
    if (!names.includes(message.stream) || mapping === null) continue
    refuseMissingColumns({
      table: { columns: [...properties.keys()] },
      mapping,
      label: `Source ${source}: ${from}`,
    })
  }
}

/** A line that is no message is kept with the stream it names, else with the first one. */
function rejections(
  targets: readonly Target[],
  line: string,
  error: Error,
): readonly { target: Target; rejected: Rejected }[] {
  const named = streamNamedIn(line)
  const target = targets.find(({ names }) => named !== undefined && names.includes(named)) ?? targets[0]
  const reason = `The tap wrote a line that can't be read: ${error.message}`
  return target === undefined ? [] : [{ target, rejected: { row: { line }, reason } }]
}

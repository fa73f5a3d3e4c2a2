import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { INDEX_FIELDS } from './table-writer.ts'

/** Records of one kind by rising id: most lie on disk, those written since the start in memory. */
export type Table = {
  readonly size: number
  idAt(position: number): number
  changedAt(position: number): number
  /** The record as JSON text. */
  textAt(position: number): string
  /** Position of the first record whose id is greater. */
  after(id: number): number
  /** Positions of the records with one of these values, in order; the values are looked up, not searched. */
  having(field: string, values: readonly unknown[]): readonly number[]
  upsert(id: number, changedAt: number, record: object): void
  remove(id: number): boolean
  close(): void
}

type Entry = {
  readonly id: number
  readonly changedAt: number
  readonly at: number
  readonly length: number
  readonly text?: string
}

export function openTable(folder: string, name: string): Table {
  const file = openSync(join(folder, `${name}.ndjson`), 'r')
  const entries = readIndex(join(folder, `${name}.index`))
  const entryAt = (position: number) => {
    const entry = entries[position]
    if (!entry) throw new RangeError(`no record ${position} of ${entries.length} in ${name}`)
    return entry
  }
  const indexes = new Map<string, ReadonlyMap<string, readonly number[]>>()
  const indexOf = (field: string) => {
    const found = indexes.get(field) ?? indexEntries(entries, (entry) => readText(file, entry), field)
    indexes.set(field, found)
    return found
  }
  return {
    get size() {
      return entries.length
    },
    having: (field, values) =>
      [...new Set(values.map(String))]
        .flatMap((value) => indexOf(field).get(value) ?? [])
        .sort((a, b) => a - b),
    idAt: (position) => entryAt(position).id,
    changedAt: (position) => entryAt(position).changedAt,
    textAt: (position) => readText(file, entryAt(position)),
    after: (id) => firstAfter(entries, id),
    upsert(id, changedAt, record) {
      indexes.clear()
      const entry = { id, changedAt, at: 0, length: 0, text: JSON.stringify(record) }
      const position = firstAfter(entries, id)
      const exists = position > 0 && entryAt(position - 1).id === id
      entries.splice(exists ? position - 1 : position, exists ? 1 : 0, entry)
    },
    remove(id) {
      indexes.clear()
      const position = firstAfter(entries, id) - 1
      const exists = position >= 0 && entryAt(position).id === id
      if (exists) entries.splice(position, 1)
      return exists
    },
    close: () => closeSync(file),
  }
}

function indexEntries(
  entries: readonly Entry[],
  textOf: (entry: Entry) => string,
  field: string,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (const [position, entry] of entries.entries()) {
    const record: Readonly<Record<string, unknown>> = JSON.parse(textOf(entry))
    const value = String(record[field])
    const positions = found.get(value)
    if (positions) positions.push(position)
    else found.set(value, [position])
  }
  return found
}

function readIndex(path: string): Entry[] {
  const bytes = readFileSync(path)
  const numbers = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  const number = (position: number) => numbers[position] ?? 0
  return Array.from({ length: numbers.length / INDEX_FIELDS }, (_, index) => {
    const start = index * INDEX_FIELDS
    return {
      id: number(start),
      changedAt: number(start + 1),
      at: number(start + 2),
      length: number(start + 3),
    }
  })
}

function readText(file: number, entry: Entry): string {
  if (entry.text !== undefined) return entry.text
  const bytes = Buffer.allocUnsafe(entry.length)
  readSync(file, bytes, 0, entry.length, entry.at)
  return bytes.toString()
}

function firstAfter(entries: readonly Entry[], id: number): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle]?.id ?? 0) <= id) low = middle + 1
    else high = middle
  }
  return low
}

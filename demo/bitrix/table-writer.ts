import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Writes the records of one kind to disk as they come; they must come in rising id order. */
export type TableWriter = {
  /** `changedAt`: the instant by which the remote service filters this kind of record. */
  write(id: number, changedAt: number, record: object): void
  close(): void
  count(): number
}

/** Numbers kept per record in `<name>.index`: id, change instant, offset and length in `<name>.ndjson`. */
export const INDEX_FIELDS = 4
const FLUSH_BYTES = 1 << 20

export function createTableWriter(folder: string, name: string): TableWriter {
  const file = openSync(join(folder, `${name}.ndjson`), 'w')
  const index: number[] = []
  let lines: string[] = []
  let [offset, pending] = [0, 0]
  const flush = () => {
    writeSync(file, lines.join(''))
    lines = []
    pending = 0
  }
  return {
    count: () => index.length / INDEX_FIELDS,
    write(id, changedAt, record) {
      const line = JSON.stringify(record) + '\n'
      const length = Buffer.byteLength(line)
      index.push(id, changedAt, offset, length - 1)
      lines.push(line)
      offset += length
      pending += length
      if (pending > FLUSH_BYTES) flush()
    },
    close() {
      flush()
      closeSync(file)
      writeFileSync(join(folder, `${name}.index`), new Float64Array(index))
    },
  }
}

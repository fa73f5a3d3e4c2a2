import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { identifier, literal } from '#warehouse'
import { uniqueNames } from '../mapping/column.ts'
import type { MappedTable } from '../mapping/column.ts'

const BUFFER_BYTES = 1 << 20

/** A file of lines of CSV, with the most bytes that one of them may have. */
export type Chunk = { readonly path: string; readonly longestLine: number }

/** A chunk being written in big pieces, without holding more than one of them. Each call adds one line. */
export type ChunkFile = {
  add(line: Uint8Array): void
  addText(line: string): void
  /** Adds a row, given in UTF-8, as a line of CSV such as `csvLine` makes. */
  addCells(cells: readonly (Uint8Array | null)[]): void
  /** Flushes to the disk and closes. */
  end(): Chunk
}

export function createChunk(path: string): ChunkFile {
  const handle = openSync(path, 'w')
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES)
  let used = 0
  let longestLine = 0
  const flush = () => {
    for (let at = 0; at < used;) at += writeSync(handle, buffer, at, used - at)
    used = 0
  }
  const note = (bytes: number) => {
    if (bytes > longestLine) longestLine = bytes
  }
  const add = (bytes: Uint8Array) => {
    note(bytes.length)
    for (let from = 0; from < bytes.length;) {
      const taken = Math.min(bytes.length - from, BUFFER_BYTES - used)
      buffer.set(bytes.subarray(from, from + taken), used)
      from += taken
      used += taken
      if (used === BUFFER_BYTES) flush()
    }
  }
  return {
    add,
    addCells: (cells) => {
      const most = mostBytes(cells)
      if (most > BUFFER_BYTES) return add(Buffer.from(csvLine(cells.map(textOf))))
      if (used + most > BUFFER_BYTES) flush()
      note(most)
      used = writeCells(buffer, used, cells)
    },
    addText: (text) => {
      // A character takes at most three bytes for each of its code units.
      const most = text.length * 3
      if (most > BUFFER_BYTES) return add(Buffer.from(text))
      if (used + most > BUFFER_BYTES) flush()
      note(most)
      used += buffer.write(text, used)
    },
    end: () => {
      flush()
      fsyncSync(handle)
      closeSync(handle)
      return { path, longestLine }
    },
  }
}

/** Writes a chunk and closes it whatever happens. */
export async function writeChunk(path: string, write: (file: ChunkFile) => Promise<void>): Promise<Chunk> {
  const file = createChunk(path)
  await write(file).catch((error: unknown) => {
    file.end()
    throw error
  })
  return file.end()
}

/** A cell at its longest is in quotes and has nothing but quotes in it. */
function mostBytes(cells: readonly (Uint8Array | null)[]): number {
  let most = 0
  for (const cell of cells) most += 3 + 2 * (cell?.length ?? 0)
  return most
}

const [COMMA, QUOTE, LINE_FEED, CARRIAGE_RETURN] = [0x2c, 0x22, 0x0a, 0x0d]

/** Writes a line of CSV from `at` on; returns where it ends. Byte by byte, for cells are short and there are millions. */
function writeCells(buffer: Uint8Array, at: number, cells: readonly (Uint8Array | null)[]): number {
  let end = at
  for (const cell of cells) {
    if (cell !== null) end = writeCell(buffer, end, cell)
    buffer[end++] = COMMA
  }
  buffer[end - 1] = LINE_FEED
  return end
}

function writeCell(buffer: Uint8Array, at: number, cell: Uint8Array): number {
  const { length } = cell
  if (length === 0) return writeQuoted(buffer, at, cell)
  for (let index = 0; index < length; index++) {
    const byte = cell[index] ?? 0
    if (byte === COMMA || byte === QUOTE || byte === LINE_FEED || byte === CARRIAGE_RETURN)
      return writeQuoted(buffer, at, cell)
    buffer[at + index] = byte
  }
  return at + length
}

function writeQuoted(buffer: Uint8Array, at: number, cell: Uint8Array): number {
  let end = at
  buffer[end++] = QUOTE
  for (const byte of cell) {
    if (byte === QUOTE) buffer[end++] = QUOTE
    buffer[end++] = byte
  }
  buffer[end++] = QUOTE
  return end
}

function textOf(cell: Uint8Array | null): string | null {
  return cell === null ? null : Buffer.from(cell).toString('utf8')
}

const UNSAFE = /[",\n\r]/

/** A row as a line of CSV; null is an empty cell, an empty text a quoted one. */
export function csvLine(cells: readonly (string | null)[]): string {
  let line = ''
  for (let index = 0; index < cells.length; index++) {
    if (index > 0) line += ','
    const cell = cells[index]
    if (cell === null || cell === undefined) continue
    line += cell === '' || UNSAFE.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  }
  return `${line}\n`
}

/** The cells of one whole line of CSV as `csvLine` and PostgreSQL write it. */
export function csvCells(line: string): readonly (string | null)[] {
  const cells: (string | null)[] = []
  const text = line.replace(/\r?\n$/, '')
  for (let at = 0; at <= text.length;) {
    if (text[at] !== '"') {
      const end = text.indexOf(',', at)
      const cell = end === -1 ? text.slice(at) : text.slice(at, end)
      cells.push(cell === '' ? null : cell)
      at += cell.length + 1
      continue
    }
    let cell = ''
    for (at += 1; ; at += 1) {
      const end = text.indexOf('"', at)
      cell += text.slice(at, end)
      at = end + 1
      if (text[at] !== '"') break
      cell += '"'
    }
    cells.push(cell)
    at += 1
  }
  return cells
}

const LEAST_BYTES = 1 << 22

/**
 * What DuckDB holds of a chunk at a time, several times for each thread, into which the longest line must fit. A power of
 * two, so that chunks of one table are read in one go.
 */
function bufferBytes(longestLine: number): number {
  return Math.max(LEAST_BYTES, 2 ** Math.ceil(Math.log2(longestLine + 1)))
}

/** A chunk whose first columns are these, and that has `more` columns after them. */
export function chunkTable(
  { path, longestLine }: Chunk,
  columns: readonly string[],
  more: number,
): MappedTable {
  const bytes = bufferBytes(longestLine)
  const fields = Array.from({ length: columns.length + more }, (_, index) => `c${index}`)
  const types = fields.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ')
  const named = uniqueNames(columns).map((name, index) => `${literal(name)}: src.c${index}`)
  return {
    from: `read_csv(${literal(path)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
      new_line = '\\n', columns = {${types}}, store_rejects = true,
      max_line_size = ${bytes}, buffer_size = ${bytes}) as src`,
    columns,
    textOf: (column) => `src.${identifier(`c${columns.indexOf(column)}`)}`,
    line: 'null::bigint',
    row: `{${named.join(', ')}}`,
    hasRealDates: true,
    isKeyed: true,
  }
}

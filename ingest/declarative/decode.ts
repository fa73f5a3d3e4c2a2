import { isUtf8 } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { parseExact } from './exact-json.ts'

/** How an answer's records are written. `escaped_tsv`: tabs, line ends and quotes within a cell stand behind `\`. */
export const FORMATS = ['json', 'jsonl', 'csv', 'tsv', 'escaped_tsv'] as const
export type AnswerFormat = (typeof FORMATS)[number]

export type Decoded = { readonly body: unknown; readonly isReadable: boolean }

const GZIP = [0x1f, 0x8b]

/**
 * An answer as records: tables by their header line, with null for an empty cell. A line that is no record stays as its
 * text, to be set apart. Gzip is undone, whoever left it on. What is no UTF-8 is read by the charset of the content type.
 */
export function decode(bytes: Uint8Array, format: AnswerFormat, contentType: string | null = null): Decoded {
  try {
    const isPacked = GZIP.every((byte, index) => bytes[index] === byte)
    const text = textOf(isPacked ? gunzipSync(bytes) : bytes, contentType)
    return { body: format === 'json' ? parseExact(text) : recordsOf(text, format), isReadable: true }
  } catch (error) {
    if (error instanceof SyntaxError || isPackingError(error)) return { body: null, isReadable: false }
    throw error
  }
}

/** UTF-8 where it is that, whatever the service calls it; else the charset of its content type. Zeros tell UTF-16. */
function textOf(bytes: Uint8Array, contentType: string | null): string {
  if (isUtf8(bytes) && !bytes.includes(0)) return new TextDecoder().decode(bytes)
  const charset = /charset="?([\w.:-]+)/i.exec(contentType ?? '')?.[1]
  if (charset === undefined || !iconv.encodingExists(charset)) return new TextDecoder().decode(bytes)
  return iconv.decode(Buffer.from(bytes), charset)
}

function isPackingError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

function recordsOf(text: string, format: Exclude<AnswerFormat, 'json'>): readonly unknown[] {
  if (format === 'jsonl') return linesOf(text).map(lineValue)
  const lines = format === 'csv' ? csvLines(text) : linesOf(text).map((line) => tsvLine(line, format))
  const [header, ...rows] = lines
  if (header === undefined) return []
  return rows.map(({ cells, line }) =>
    cells.length === header.cells.length ? recordOf(header.cells, cells) : line,
  )
}

type Line = { readonly cells: readonly string[]; readonly line: string }

function recordOf(
  names: readonly string[],
  cells: readonly string[],
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    names.map((name, index) => [name, cells[index] === '' ? null : (cells[index] ?? null)]),
  )
}

function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
}

function lineValue(line: string): unknown {
  try {
    return parseExact(line)
  } catch (error) {
    if (error instanceof SyntaxError) return line
    throw error
  }
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f', 0: '\0' }

function tsvLine(line: string, format: 'tsv' | 'escaped_tsv'): Line {
  const cells = line.split('\t')
  const plain = (cell: string) => cell.replaceAll(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char)
  return { cells: format === 'tsv' ? cells : cells.map(plain), line }
}

/** Lines of CSV; one that its quotes tear, or that runs into others and then fits no header, is set apart by itself. */
function csvLines(text: string): readonly Line[] {
  const plain = text.replace(/^\uFEFF/, '')
  const lines: Line[] = []
  let at = 0
  while (at < plain.length) {
    const found = csvRecord(plain, at)
    const end = lineEnd(plain, at)
    const isTorn = found === null || (found.end > end && !fits(found.cells, lines[0]))
    const next = isTorn ? end : found.end
    const line = plain.slice(at, next).replace(/\r?\n$/, '')
    if (line !== '') lines.push({ cells: isTorn ? [] : found.cells, line })
    at = next
  }
  return lines
}

function fits(cells: readonly string[], header: Line | undefined): boolean {
  return header === undefined || cells.length === header.cells.length
}

/** Where the line after the one at a place begins. */
function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at)
  return found === -1 ? text.length : found + 1
}

function csvRecord(
  text: string,
  start: number,
): { readonly cells: readonly string[]; readonly end: number } | null {
  const pattern = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/gy
  pattern.lastIndex = start
  const cells: string[] = []
  for (;;) {
    const found = pattern.exec(text)
    if (found === null) return null
    cells.push(found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"'))
    if (found[3] !== ',') return { cells, end: pattern.lastIndex }
  }
}

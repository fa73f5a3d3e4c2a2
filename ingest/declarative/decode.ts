import { gunzipSync } from 'node:zlib'
import { parseExact } from './exact-json.ts'

/** How an answer's records are written. `escaped_tsv`: tabs, line ends and quotes within a cell stand behind `\`. */
export const FORMATS = ['json', 'jsonl', 'csv', 'tsv', 'escaped_tsv'] as const
export type AnswerFormat = (typeof FORMATS)[number]

export type Decoded = { readonly body: unknown; readonly isReadable: boolean }

const GZIP = [0x1f, 0x8b]

/**
 * An answer as records: tables by their header line, with null for an empty cell. A line that is no record stays as its
 * text, to be set apart. Gzip is undone, whoever left it on.
 */
export function decode(bytes: Uint8Array, format: AnswerFormat): Decoded {
  try {
    const isPacked = GZIP.every((byte, index) => bytes[index] === byte)
    const text = new TextDecoder().decode(isPacked ? gunzipSync(bytes) : bytes)
    return { body: format === 'json' ? parseExact(text) : recordsOf(text, format), isReadable: true }
  } catch (error) {
    if (error instanceof SyntaxError || isPackingError(error)) return { body: null, isReadable: false }
    throw error
  }
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

function csvLines(text: string): readonly Line[] {
  const lines: Line[] = []
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy
  const plain = text.replace(/^\uFEFF/, '')
  let cells: string[] = []
  let start = 0
  while (pattern.lastIndex < plain.length) {
    const found = pattern.exec(plain)
    if (found === null) return [...lines, { cells: [], line: plain.slice(start) }]
    cells.push(found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"'))
    if (found[3] === ',' && pattern.lastIndex < plain.length) continue
    if (found[3] === ',') cells.push('')
    const line = plain.slice(start, pattern.lastIndex).trimEnd()
    if (line !== '') lines.push({ cells, line })
    cells = []
    start = pattern.lastIndex
  }
  return lines
}

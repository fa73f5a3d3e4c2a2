import { csvReader, type Line, type LineReader } from './csv-lines.ts'
import { parseExact } from './exact-json.ts'

/** How records stand in lines. `escaped_tsv`: tabs, line ends and quotes within a cell stand behind `\`. */
export const LINE_FORMATS = ['jsonl', 'csv', 'tsv', 'escaped_tsv'] as const
export type LineFormat = (typeof LINE_FORMATS)[number]

export type RecordReader = {
  /** The records that end within the text so far. Throws SyntaxError where no later text can mend it. */
  push(text: string): readonly unknown[]
  /** The records that are left. Throws SyntaxError when the text broke off. */
  end(): readonly unknown[]
}

/**
 * Records out of text that comes in pieces: tables by their header line, with null for an empty cell. A line that is no
 * record stays as its text, to be set apart.
 */
export function lineRecords(format: LineFormat): RecordReader {
  const reader = format === 'csv' ? csvReader() : plainLines(cellsOf(format))
  let header: readonly string[] | null = null
  const recordOf = ({ cells, line }: Line): unknown => {
    if (format === 'jsonl') return lineValue(line)
    if (header !== null) return cells.length === header.length ? rowOf(header, cells) : line
    header = cells
    return undefined
  }
  const records = (lines: readonly Line[]) => lines.map(recordOf).filter((each) => each !== undefined)
  const bare = withoutMark()
  return { push: (text) => records(reader.push(bare(text))), end: () => records(reader.end()) }
}

/** Takes the byte order mark off the beginning. */
function withoutMark(): (text: string) => string {
  let isFirst = true
  return (text) => {
    if (!isFirst || text === '') return text
    isFirst = false
    return text.replace(/^\uFEFF/, '')
  }
}

/** Lines as they end; empty ones are none. */
function plainLines(toCells: (line: string) => readonly string[]): LineReader {
  let rest = ''
  const linesOf = (texts: readonly string[]) =>
    texts.filter((line) => line !== '').map((line) => ({ cells: toCells(line), line }))
  return {
    push(text) {
      const lines = (rest + text).split(/\r?\n/)
      rest = lines.pop() ?? ''
      return linesOf(lines)
    },
    end: () => linesOf([rest]),
  }
}

function rowOf(names: readonly string[], cells: readonly string[]): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    names.map((name, index) => [name, cells[index] === '' ? null : (cells[index] ?? null)]),
  )
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f', 0: '\0' }

function cellsOf(format: Exclude<LineFormat, 'csv'>): (line: string) => readonly string[] {
  const plain = (cell: string) => cell.replaceAll(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char)
  if (format === 'jsonl') return () => []
  return (line) => (format === 'tsv' ? line.split('\t') : line.split('\t').map(plain))
}

function lineValue(line: string): unknown {
  try {
    return parseExact(line)
  } catch (error) {
    if (error instanceof SyntaxError) return line
    throw error
  }
}

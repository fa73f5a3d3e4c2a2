import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** Lines that one record may have before its quote counts as never closed. */
const LINES_OF_A_RECORD = 1000

// Every byte is one character, so that text in any charset that has ASCII in it comes out as it went in.
const BYTES = 'latin1'

/**
 * Whether the quotes of a CSV file are as its readers expect: each quoted cell is closed, and ends there. A file whose
 * lines end in a bare carriage return is taken at its word.
 */
export async function hasSoundQuotes(path: string, delimiter: string): Promise<boolean> {
  let isOpen = false
  let isFirst = true
  for await (const line of linesOf(path)) {
    if (isFirst && line.indexOf('\r') < line.length - 1 && line.includes('\r')) return true
    isFirst = false
    if (!isOpen && !line.includes('"')) continue
    const end = scan(line, delimiter, isOpen)
    if (end === 'broken') return false
    isOpen = end === 'open'
  }
  return !isOpen
}

/**
 * Copies a CSV file so that a quote out of place harms its own line only: such a line becomes a single cell, which then
 * has too few and is refused with its text, and reading goes on with the next line. DuckDB by itself takes what follows
 * a quote that nobody closes as part of its cell, up to the end of the file.
 */
export async function isolateBrokenLines(path: string, to: string, delimiter: string): Promise<void> {
  await pipeline(isolatedLines(path, delimiter), createWriteStream(to, BYTES))
}

async function* isolatedLines(path: string, delimiter: string): AsyncGenerator<string> {
  for await (const { text, isBroken } of recordsOf(path, delimiter))
    yield `${isBroken ? asOneCell(text) : text}\n`
}

type Piece = { readonly text: string; readonly isBroken: boolean }

async function* recordsOf(path: string, delimiter: string): AsyncGenerator<Piece> {
  let open: readonly string[] = []
  for await (const line of linesOf(path)) open = yield* settle(open, [line], delimiter)
  // Nobody closed the quote: its line is broken, and those after it stand for themselves.
  while (open.length > 0) open = yield* breakOff(open, [], delimiter)
}

/** Gives the records that end in the lines that wait; returns the lines of one that does not. */
function* settle(
  begun: readonly string[],
  lines: readonly string[],
  delimiter: string,
): Generator<Piece, readonly string[]> {
  let open = begun
  for (const [index, line] of lines.entries()) {
    const end = scan(line, delimiter, open.length > 0)
    open = [...open, line]
    if (end === 'broken' || open.length === LINES_OF_A_RECORD)
      return yield* breakOff(open, lines.slice(index + 1), delimiter)
    if (end === 'open') continue
    yield { text: open.join('\n'), isBroken: false }
    open = []
  }
  return open
}

function* breakOff(
  [first = '', ...rest]: readonly string[],
  waiting: readonly string[],
  delimiter: string,
): Generator<Piece, readonly string[]> {
  yield { text: first, isBroken: true }
  return yield* settle([], [...rest, ...waiting], delimiter)
}

type End = 'closed' | 'open' | 'broken'

/** How a line ends: outside a quoted cell, inside one, or after a quote that stands where none can. */
function scan(line: string, delimiter: string, isInside: boolean): End {
  let at = isInside ? afterQuoted(line, 0, delimiter) : 0
  while (typeof at === 'number') {
    // DuckDB takes one space before a quote as none.
    const first = line[at] === ' ' ? at + 1 : at
    if (line[first] === '"') {
      at = afterQuoted(line, first + 1, delimiter)
      continue
    }
    const next = line.indexOf(delimiter, at)
    if (next === -1) return 'closed'
    at = next + 1
  }
  return at
}

/** Where the cell after a quoted one begins, or how the line ends in it. */
function afterQuoted(line: string, from: number, delimiter: string): number | End {
  let quote = line.indexOf('"', from)
  while (quote !== -1 && line[quote + 1] === '"') quote = line.indexOf('"', quote + 2)
  if (quote === -1) return 'open'
  let end = quote + 1
  while (line[end] === ' ' || line[end] === '\r') end += 1
  if (end >= line.length) return 'closed'
  return line[end] === delimiter ? end + 1 : 'broken'
}

function asOneCell(line: string): string {
  return `"${line.replace(/\r$/, '').replaceAll('"', '""')}"`
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, { encoding: BYTES, highWaterMark: 1 << 20 })) {
    const lines = `${rest}${String(chunk)}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

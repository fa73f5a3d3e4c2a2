/** A line of a table: its cells, none where it is torn, and its text. */
export type Line = { readonly cells: readonly string[]; readonly line: string }

export type LineReader = {
  /** The lines that end within the text so far. */
  push(text: string): readonly Line[]
  /** The lines that are left. */
  end(): readonly Line[]
}

/** A record longer than this many characters is taken for a quote that nothing closes. */
const LONGEST = 4_194_304

/**
 * Lines of CSV, whose cells may hold line ends. One that its quotes tear, or that runs into others and then does not
 * fit the first line, is set apart by itself.
 */
export function csvReader(longest = LONGEST): LineReader {
  let text = ''
  let width: number | null = null
  // What has no end yet is looked at again once there is twice as much of it.
  let enough = 0
  const take = (isEnd: boolean): readonly Line[] => {
    const lines: Line[] = []
    let at = 0
    while (at < text.length) {
      const record = recordAt(text, at, { isEnd, longest, width })
      if (record === null) break
      const line = text.slice(at, record.end).replace(/\r?\n$/, '')
      if (line !== '') lines.push({ cells: record.cells, line })
      if (line !== '') width ??= record.cells.length
      at = record.end
    }
    text = text.slice(at)
    enough = Math.min(text.length * 2, longest)
    return lines
  }
  return {
    push(more) {
      text += more
      return text.length > enough ? take(false) : []
    },
    end: () => take(true),
  }
}

type Bounds = { readonly isEnd: boolean; readonly longest: number; readonly width: number | null }
type CsvRecord = { readonly cells: readonly string[]; readonly end: number }

/** The record that begins at a place; null while more of the text has to be known. */
function recordAt(text: string, at: number, { isEnd, longest, width }: Bounds): CsvRecord | null {
  const found = csvRecord(text, at)
  const end = lineEnd(text, at)
  const isOpen = found === null || found.end === text.length
  if (isOpen && !isEnd && text.length - at < longest) return null
  const isTorn = found === null || (found.end > end && width !== null && found.cells.length !== width)
  return isTorn ? { cells: [], end } : found
}

/** Where the line after the one at a place begins. */
function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at)
  return found === -1 ? text.length : found + 1
}

function csvRecord(text: string, start: number): CsvRecord | null {
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

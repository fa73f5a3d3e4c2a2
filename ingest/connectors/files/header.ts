import { open } from 'node:fs/promises'
import { UserError } from '#config'

const DELIMITERS = [',', ';', '\t', '|'] as const
const HEADER_BYTES = 1 << 20

export type HeaderWanted = {
  /** What to call the file in a message. */
  readonly label: string
  /** Names of columns that the mapping expects. */
  readonly expected: readonly string[]
  readonly delimiter?: string | undefined
}

export type Header = { readonly delimiter: string; readonly columns: readonly string[] }

/**
 * Reads the first record of a UTF-8 file. The delimiter, when it is not given, is the one that finds most of the
 * columns that the mapping expects. Throws UserError for a file without a header.
 */
export async function readHeader(path: string, wanted: HeaderWanted): Promise<Header> {
  const { label, expected, delimiter } = wanted
  const text = await readStart(path)
  if (text.trim() === '') {
    throw new UserError(`${label} is empty: it has no header line. Remove it or write it again.`)
  }
  const candidates = (delimiter === undefined ? DELIMITERS : [delimiter]).map((each) => {
    const columns = splitRecord(text, each)
    return { delimiter: each, columns, found: columns.filter((name) => expected.includes(name)).length }
  })
  const best = candidates.toSorted((a, b) => b.found - a.found || b.columns.length - a.columns.length)[0]
  return best ?? { delimiter: ',', columns: [] }
}

async function readStart(path: string): Promise<string> {
  const handle = await open(path, 'r')
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0)
    return buffer
      .subarray(0, bytesRead)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
  } finally {
    await handle.close()
  }
}

/** The cells of the first record of a CSV text; quotes are doubled inside quoted cells. */
export function splitRecord(text: string, delimiter: string): readonly string[] {
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (isQuoted) {
      if (char !== '"') cell += char
      else if (text[at + 1] === '"') cell += text[++at] ?? ''
      else isQuoted = false
    } else if (char === '"' && cell.trim() === '') {
      isQuoted = true
      cell = ''
    } else if (text.startsWith(delimiter, at)) {
      cells.push(cell.trim())
      cell = ''
      at += delimiter.length - 1
    } else if (char === '\n' || char === '\r') break
    else cell += char
  }
  return [...cells, cell.trim()]
}

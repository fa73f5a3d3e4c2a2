import { readXml } from './xml.ts'

/** What a cell's number means in its style: a moment, or hours without a day; null for a number. */
export type DateStyle = 'date' | 'time' | null

/** By the number of a cell's style, what its numbers mean. */
export async function readDateStyles(pieces: AsyncIterable<Uint8Array>): Promise<readonly DateStyle[]> {
  const formats = new Map<string, string>()
  const used: string[] = []
  let list: string | null = null
  await readXml(pieces, {
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'cellXfs' || name === 'numFmts') list = name
      else if (list === 'cellXfs' && name === 'xf') used.push(numFmtId)
      else if (list === 'numFmts' && name === 'numFmt') formats.set(numFmtId, formatCode)
    },
    close: (name) => {
      if (name === list) list = null
    },
  })
  return used.map((id) => {
    const code = formats.get(id)
    return code === undefined ? builtIn(Number(id)) : meaningOf(code)
  })
}

/** Formats that every workbook has without listing them (ECMA-376, part 1, 18.8.30). */
function builtIn(id: number): DateStyle {
  const isWithin = (from: number, to: number) => id >= from && id <= to
  if (isWithin(18, 21) || isWithin(32, 35) || isWithin(45, 47) || isWithin(55, 56)) return 'time'
  return isWithin(14, 22) || isWithin(27, 36) || isWithin(50, 58) ? 'date' : null
}

function meaningOf(code: string): DateStyle {
  const bare = code.replaceAll(/"[^"]*"|[\\_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '').toLowerCase()
  if (/[yd]|m{3}/.test(bare)) return 'date'
  return /[hs]|\[m/.test(bare) ? 'time' : null
}

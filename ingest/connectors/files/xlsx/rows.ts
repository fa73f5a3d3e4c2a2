import { cellText } from './cell.ts'
import type { Cell, CellContext } from './cell.ts'
import type { DateStyle } from './date-styles.ts'
import { createXmlParser } from './xml.ts'
import type { XmlEvents } from './xml.ts'

/** A row of a sheet: its number from 1 on and the texts of its cells, with holes where there are none. */
export type SheetRow = { readonly number: number; readonly texts: readonly (string | undefined)[] }

export type RowContext = CellContext & { readonly dateStyles: readonly DateStyle[] }

/** The rows of a sheet, some at a time. Throws Error where the sheet is damaged. */
export async function* readRows(
  pieces: AsyncIterable<Uint8Array>,
  context: RowContext,
): AsyncGenerator<readonly SheetRow[]> {
  const rows: SheetRow[] = []
  const parser = createXmlParser(rowEvents(context, (row) => rows.push(row)))
  for await (const piece of pieces) {
    parser.write(piece)
    yield rows.splice(0)
  }
  parser.end()
  yield rows.splice(0)
}

type OpenRow = { readonly number: number; readonly texts: (string | undefined)[] }
type OpenCell = {
  readonly reference: string
  readonly column: number
  readonly type: string
  readonly style: string
}

function rowEvents(context: RowContext, tell: (row: SheetRow) => void): Required<XmlEvents> {
  let [row, cell]: [OpenRow | null, OpenCell | null] = [null, null]
  let last = 0
  let [value, inline] = ['', '']
  let taking: 'value' | 'inline' | null = null
  let [isSheet, isAid] = [false, false]
  return {
    open: (name, { r: reference = '', t: type = '', s: style = '' }) => {
      if (name === 'sheetData') isSheet = true
      else if (!isSheet) return
      else if (name === 'row') {
        if (row !== null) throw new Error(`its row ${row.number} holds another row`)
        last = numberOf(reference, last)
        row = { number: last, texts: [] }
      } else if (name === 'c') {
        if (row === null || cell !== null)
          throw new Error(`its cell ${reference} is in no row, or in another cell`)
        cell = { reference, column: columnOf(reference, row.texts), type, style }
        value = inline = ''
      } else if (name === 'rPh') isAid = true
      else if (name === 'v') taking = 'value'
      else if (name === 't' && !isAid) taking = 'inline'
    },
    text: (text) => {
      if (taking === 'value') value += text
      else if (taking === 'inline') inline += text
    },
    close: (name) => {
      taking = null
      if (name === 'c' && row !== null && cell !== null) {
        row.texts[cell.column] = textOf(cell, { value, inline }, context)
        cell = null
      } else if (name === 'row' && row !== null) {
        tell(row)
        row = null
      } else if (name === 'rPh') isAid = false
      else if (name === 'sheetData') isSheet = false
    },
  }
}

function textOf(
  { reference, type, style }: OpenCell,
  texts: Pick<Cell, 'value' | 'inline'>,
  context: RowContext,
): string {
  try {
    const meaning = style === '' ? null : (context.dateStyles[Number(style)] ?? null)
    return cellText({ type, style: meaning, ...texts }, context)
  } catch (error) {
    if (error instanceof RangeError)
      throw new Error(`its cell ${reference} ${error.message}`, { cause: error })
    throw error
  }
}

/** The number that a row says, else the next after the one before. */
function numberOf(reference: string, before: number): number {
  if (reference === '') return before + 1
  if (!/^\d{1,9}$/.test(reference)) throw new Error(`it has a row number ${reference}`)
  return Number(reference)
}

const LAST_COLUMN = 16_383

/** The column that a cell's reference says, counted from 0, else the next after the one before. */
function columnOf(reference: string, texts: OpenRow['texts']): number {
  const column = reference === '' ? texts.length : columnOfLetters(reference)
  if (column < 0 || column > LAST_COLUMN) throw new Error(`it has a cell ${reference}, which is in no column`)
  if (texts[column] !== undefined) throw new Error(`it has the cell ${reference} twice`)
  return column
}

function columnOfLetters(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length && column <= LAST_COLUMN; at += 1) {
    // The case of a letter is its sixth bit.
    const letter = (reference.charCodeAt(at) & ~32) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}

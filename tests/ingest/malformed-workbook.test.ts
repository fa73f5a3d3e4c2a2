import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { UserError } from '#config'
import { sheetToCsv } from '../../ingest/connectors/files/xlsx/index.ts'
import { writeSheet } from '../../ingest/connectors/files/xlsx/write-sheet.ts'
import { writeParts } from './workbook-parts.ts'

const PAYLOADS = process.env['EMBUT_LONG'] === '1' ? 10_000 : 300
const SEED = 20_261_123
const ROWS = 12

const folder = mkdtempSync(join(tmpdir(), 'embut-malformed-'))
const path = join(folder, 'book.xlsx')
const to = join(folder, 'sheet.csv')
afterAll(() => rmSync(folder, { recursive: true }))

const mark = (row: number) => `k${String(row).padStart(3, '0')}k`
const MARKS = Array.from({ length: ROWS }, (_, row) => mark(row))
const HEADER = `<row r="1"><c t="inlineStr"><is><t>mark</t></is></c><c t="inlineStr"><is><t>more</t></is></c></row>`

type Outcome = { readonly found: readonly string[] } | { readonly refused: string }

/** The marks that come out of a workbook, or the words in which it was refused. Anything else that is thrown fails. */
async function outcomeOf(workbook: Uint8Array): Promise<Outcome> {
  writeFileSync(path, workbook)
  try {
    await sheetToCsv(path, to, { label: 'book.xlsx', sheet: undefined, write: writeSheet })
  } catch (error) {
    if (error instanceof UserError) return { refused: error.message }
    throw error
  }
  return { found: readFileSync(to, 'utf8').match(/k\d{3}k/g) ?? [] }
}

/** Every mark comes out once, or the workbook is refused by its name; tells which of both. */
async function expectNothingLost(workbook: Uint8Array): Promise<'read' | 'refused'> {
  const outcome = await outcomeOf(workbook)
  if ('refused' in outcome) {
    expect(outcome.refused).toMatch(/^book\.xlsx (cannot be read as a workbook: .+|is empty|has no sheet)/)
    return 'refused'
  }
  expect(outcome.found).toEqual(MARKS)
  return 'read'
}

const texts = MARKS.map((text, row) =>
  row % 2 === 0
    ? `<si><t>${text}</t></si>`
    : `<si><r><t>${text.slice(0, 2)}</t></r><r><t>${text.slice(2)}</t></r><rPh><t>x</t></rPh></si>`,
).join('')
const sharedRows = MARKS.map(
  (_, row) => `<row r="${row + 2}"><c r="A${row + 2}" t="s"><v>${row}</v></c><c s="1"><v>45292</v></c></row>`,
).join('')

/** Bytes changed, cut off at the end, taken out of the middle or doubled. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant('change' as const), at: fc.nat(), byte: fc.nat(255) }),
  fc.record({
    kind: fc.constantFrom('cut', 'remove', 'double'),
    at: fc.nat(),
    length: fc.integer({ min: 1, max: 400 }),
  }),
)
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never

function damaged(bytes: Buffer, harm: Damage): Buffer {
  const at = harm.at % bytes.length
  if ('byte' in harm) {
    const copy = Buffer.from(bytes)
    copy[at] = harm.byte
    return copy
  }
  const [before, within, after] = [
    bytes.subarray(0, at),
    bytes.subarray(at, at + harm.length),
    bytes.subarray(at + harm.length),
  ]
  if (harm.kind === 'cut') return before
  return Buffer.concat(harm.kind === 'remove' ? [before, after] : [before, within, within, after])
}

test('of a damaged archive nothing is lost in silence', async () => {
  const whole = [false, true].map((isStored) => writeParts({ rows: HEADER + sharedRows, texts, isStored }))
  let read = 0
  const harms = fc.array(damage, { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...whole), harms, async (bytes, each) => {
      if ((await expectNothingLost(each.reduce(damaged, bytes))) === 'read') read += 1
    }),
    { numRuns: PAYLOADS, seed: SEED },
  )
  expect(read).toBeGreaterThan(0)
  expect(read).toBeLessThan(PAYLOADS)
}, 600_000)

const junk = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '12',
    '-1',
    '1e999',
    'NaN',
    '2958466',
    '99999999999999999999',
    '#N/A',
    'true',
    '&amp;',
    '_x0000_',
    '_xD83D_',
    ' ',
    '1 2',
  ),
  fc.constantFrom(
    '&',
    '<',
    ']]>',
    '&unknown;',
    '<!-- ',
    '</row>',
    '<row>',
    '</c>',
    '<c>',
    '<v>',
    '\u0000',
    '\ufffe',
  ),
  fc.string({ unit: 'grapheme', maxLength: 5 }).map((text) => text.replaceAll(/[&<>\p{C}]/gu, '')),
)
const cell = fc.record({
  reference: fc.constantFrom('', '', '', 'B', 'C9', 'A1', 'xfd3', 'XFE1', 'ZZZZZZZZZZ1', '7', '-'),
  type: fc.constantFrom('', 'n', 's', 'str', 'inlineStr', 'b', 'e', 'd', 'strange'),
  style: fc.constantFrom('', '1', '2', '3', '99', '-1', 'x'),
  value: junk,
})

const OTHER_TEXT = '<si><t>other</t></si>'

test('of malformed cells nothing is lost in silence', async () => {
  let read = 0
  const someCells = fc.array(cell, { minLength: 1, maxLength: 2 })
  await fc.assert(
    fc.asyncProperty(someCells, async (cells) => {
      const rows = MARKS.map((text, row) => {
        const more = cells[row]
        return `<row><c t="inlineStr"><is><t>${text}</t></is></c>${more === undefined ? '' : cellXml(more)}</row>`
      })
      if (
        (await expectNothingLost(writeParts({ rows: HEADER + rows.join(''), texts: OTHER_TEXT }))) === 'read'
      )
        read += 1
    }),
    { numRuns: PAYLOADS, seed: SEED },
  )
  expect(read).toBeGreaterThan(0)
  expect(read).toBeLessThan(PAYLOADS)
}, 600_000)

type CellParts = typeof cell extends fc.Arbitrary<infer T> ? T : never

function cellXml({ reference, type, style, value }: CellParts): string {
  const attributes = Object.entries({ r: reference, t: type, s: style }).filter(([, text]) => text !== '')
  const head = attributes.map(([name, text]) => ` ${name}="${text}"`).join('')
  return type === 'inlineStr' ? `<c${head}><is><t>${value}</t></is></c>` : `<c${head}><v>${value}</v></c>`
}

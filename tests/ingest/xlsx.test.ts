import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exceljs from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sheetToCsv } from '../../ingest/connectors/files/xlsx/index.ts'
import { writeSheet } from '../../ingest/connectors/files/xlsx/write-sheet.ts'
import { writeParts } from './workbook-parts.ts'
import type { WorkbookParts } from './workbook-parts.ts'

let folder: string
let path: string
let to: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'embut-xlsx-'))
  to = join(folder, 'sheet.csv')
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A workbook with these sheets, written by another library than the one that reads it. */
async function workbook(sheets: Record<string, readonly (readonly unknown[])[]>): Promise<void> {
  const book = new exceljs.Workbook()
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = book.addWorksheet(name)
    for (const row of rows) sheet.addRow([...row])
  }
  path = join(folder, 'book.xlsx')
  await book.xlsx.writeFile(path)
}

async function read(sheet?: string | number): Promise<string> {
  await sheetToCsv(path, to, { label: 'book.xlsx', sheet, write: writeSheet })
  return readFileSync(to, 'utf8')
}

const THREE = { One: [['a']], Two: [['b'], [], ['c']], Three: [['d']] }

test('reads the first sheet, or one by its number or name, with the numbers of its rows', async () => {
  await workbook(THREE)
  expect(await read()).toBe('a,_sheet_row\n')
  expect(await read(2)).toBe('b,_sheet_row\nc,3\n')
  expect(await read('Three')).toBe('d,_sheet_row\n')
})

test('reads the same sheet the same however often', async () => {
  await workbook(THREE)
  for (let time = 0; time < 200; time += 1) expect(await read('Three')).toBe('d,_sheet_row\n')
})

test('writes what a cell shows, not how Excel keeps it', async () => {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('Cells')
  sheet.addRow(['time', 'hours', 'long', 'day', 'moment', 'sum', 'error', 'yes', 'link', 'rich', 'text'])
  const row = sheet.addRow([0.5, 1.5, 100.25, 45292, 45292.25])
  const formats = ['h:mm', '[h]:mm:ss', '[h]:mm:ss', 'dd.mm.yyyy', 'dd.mm.yyyy hh:mm']
  for (const [index, format] of formats.entries()) row.getCell(index + 1).numFmt = format
  row.getCell(6).value = { formula: 'A1+1', result: 10.25 }
  row.getCell(7).value = { error: '#N/A' }
  row.getCell(8).value = true
  row.getCell(9).value = { text: 'Site', hyperlink: 'https://example.com' }
  row.getCell(10).value = { richText: [{ text: 'two ' }, { text: 'parts' }] }
  row.getCell(11).value = '  "quoted", and\nbroken  '
  path = join(folder, 'book.xlsx')
  await book.xlsx.writeFile(path)
  const [, ...lines] = (await read()).split('\n')
  expect(lines.join('\n')).toBe(
    '12:00:00,36:00:00,2406:00:00,2024-01-01,2024-01-01 06:00:00,10.25,#N/A,true,Site,two parts,' +
      '"""quoted"", and\nbroken",2\n',
  )
})

/** Reads a workbook of these rows and shared texts as they stand in its XML, without its header. */
async function readParts(rows: string, parts: Omit<WorkbookParts, 'rows'> = {}): Promise<string> {
  path = join(folder, 'parts.xlsx')
  const header = '<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c><c t="str"><v>c</v></c></row>'
  writeFileSync(path, writeParts({ rows: header + rows, ...parts }))
  return (await read()).replace('a,b,c,_sheet_row\n', '')
}

test('counts days from 1904 where the workbook does, and hours without a day as ever', async () => {
  const row = '<row><c s="1"><v>43830</v></c><c s="2"><v>43830.25</v></c><c s="3"><v>1.5</v></c></row>'
  expect(await readParts(row, { is1904: true })).toBe('2024-01-01,2024-01-01 06:00:00,36:00:00,2\n')
})

test('reads texts of the list: rich, escaped, without the reading aid, and says which one is missing', async () => {
  const texts =
    '<si><r><t>two </t></r><r><t xml:space="preserve"> parts</t></r></si><si><t>東京</t><rPh><t>とう</t></rPh></si><si><t>a_x000A_b</t></si>'
  const cell = (index: number) => `<c t="s"><v>${index}</v></c>`
  expect(await readParts(`<row>${cell(0)}${cell(1)}${cell(2)}</row>`, { texts })).toBe(
    'two  parts,東京,"a\nb",2\n',
  )
  await expect(readParts(`<row><c r="A2" t="s"><v>3</v></c></row>`, { texts })).rejects.toThrow(
    'book.xlsx cannot be read as a workbook: its cell A2 is text 3 of its list, which has no such text.',
  )
})

test('reads sparse rows, cells without a place, and numbers longer than a number holds', async () => {
  const sparse = '<row r="9"><c r="C9" t="inlineStr"><is><t>late</t></is></c></row>'
  const placed = '<row><c r="B10"><v>12345678901234567890</v></c><c><v>0.1</v></c></row>'
  const strange = '<row><c t="d"><v>2024-01-01</v></c><c s="1"><v>-1</v></c><c><v>1.5E3</v></c></row>'
  expect(await readParts(sparse + placed + strange)).toBe(
    ',,late,9\n,12345678901234567890,0.1,10\n2024-01-01,-1,1500,11\n',
  )
})

test('refuses a cell that is there twice, for one of both would be lost', async () => {
  const twice = '<row><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>'
  await expect(readParts(twice)).rejects.toThrow('it has the cell A2 twice')
})

test('finds the texts of many cells again, in any order', async () => {
  const count = 1000
  const texts = Array.from({ length: count }, (_, index) => `<si><t>text ${index}</t></si>`).join('')
  const order = Array.from({ length: count }, (_, index) => (index * 389) % count)
  const rows = order.map((index) => `<row><c t="s"><v>${index}</v></c></row>`).join('')
  const lines = (await readParts(rows, { texts })).trimEnd().split('\n')
  expect(lines).toEqual(order.map((index, row) => `text ${index},,,${row + 2}`))
  expect(readdirSync(folder).filter((name) => name.endsWith('.texts'))).toEqual([])
})

test('says which sheets there are when the wanted one is not', async () => {
  await workbook(THREE)
  await expect(read('Four')).rejects.toThrow('book.xlsx has no sheet Four. Its sheets are: One, Two, Three.')
  await expect(read(4)).rejects.toThrow('book.xlsx has no sheet 4.')
})

test('says that a sheet is empty', async () => {
  await workbook({ Empty: [], Full: [['a']] })
  await expect(read('Empty')).rejects.toThrow('book.xlsx is empty')
  await expect(read()).rejects.toThrow('book.xlsx is empty')
})

test('says that a file cut short is no workbook, and does not wait for its rest', async () => {
  await workbook(THREE)
  truncateSync(path, 2000)
  await expect(read()).rejects.toThrow('book.xlsx cannot be read as a workbook')
})

test('reads in a thread of its own, whose errors are told alike', async () => {
  await workbook(THREE)
  await sheetToCsv(path, to, { label: 'book.xlsx', sheet: 2 })
  expect(readFileSync(to, 'utf8')).toBe('b,_sheet_row\nc,3\n')
  writeFileSync(path, writeParts({ rows: '<row>' }))
  await expect(sheetToCsv(path, to, { label: 'book.xlsx', sheet: 1 })).rejects.toThrow(
    /^book.xlsx cannot be read as a workbook: .*tag/,
  )
})

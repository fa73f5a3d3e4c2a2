import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exceljs from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sheetToCsv } from '../../ingest/connectors/files/xlsx.ts'

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
  await sheetToCsv(path, to, { label: 'book.xlsx', sheet })
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

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createExports } from '#exports'
import type { ExportAudit, ExportSemantic } from '#exports'
import type { CubeQuery } from '#semantic'
import { CALENDAR_YEARS } from '#semantic/report'
import { compile, publishDeals, reader, rowsOf } from './published-deals.ts'

const ROWS = 2500
const query: CubeQuery = {
  dimensions: ['deals_report.deal_id', 'deals_report.title', 'deals_report.manager', 'deals_report.is_won'],
  timeDimensions: [{ dimension: 'deals_report.created_at', granularity: 'day' }],
  measures: ['deals_report.amount', 'deals_report.win_rate'],
}

let folder: string
let file: string
let semantic: ExportSemantic

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'embut-exports-'))
  ;({ file, semantic } = await publishDeals(folder, ROWS))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('records as XLSX', () => {
  it('holds every value of an independent SQL, with numbers as numbers and days as days', async () => {
    const { exported } = await exportXlsx()
    const sheet = exported.worksheets[0]
    const rows = await rowsOf(file, compile({ ...query, limit: 1_000_000 }).sql)
    expect(rows).toHaveLength(ROWS)
    rows.forEach((row, index) => {
      const [id, title, manager, isWon, created, amount, rate] = Object.values(row)
      const cells = [1, 2, 3, 4, 5, 6, 7].map(
        (column) => sheet?.getRow(index + 5).getCell(column).value ?? null,
      )
      const day = new Date(`${String(created).slice(0, 10)}T00:00:00.000Z`)
      expect(cells).toEqual([id, title, manager, isWon, day, Number(amount), Number(rate)])
    })
    expect(sheet?.rowCount).toBe(ROWS + 4)
  })

  it('shows headings in words that stay in view, a filter, and formats of money, shares and days', async () => {
    const { exported } = await exportXlsx()
    const sheet = exported.worksheets[0]
    expect(sheet?.getCell('A1').value).toBe('Deals of March')
    expect(sheet?.getRow(4).values).toEqual([
      ,
      'Deal',
      'Title',
      'Manager',
      'Is won',
      'Created',
      'Amount',
      'Win rate',
    ])
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 4 })
    expect(sheet?.autoFilter).toBe(`A4:G${ROWS + 4}`)
    expect(sheet?.getCell('E5').numFmt).toBe('yyyy-mm-dd')
    expect(sheet?.getCell('F5').numFmt).toBe('#,##0.00 "EUR"')
    expect(sheet?.getCell('G5').numFmt).toBe('0.0%')
  })

  it('never makes a formula of a text', async () => {
    const { exported } = await exportXlsx()
    exported.worksheets[0]?.eachRow((row) =>
      row.eachCell((cell) => expect(cell.type).not.toBe(ExcelJS.ValueType.Formula)),
    )
    const titles = exported.worksheets[0]?.getColumn(2).values ?? []
    expect(titles).toContain('=1+7')
    expect(titles).toContain('@cmd')
  })

  it('carries a sheet about its numbers', async () => {
    const { exported } = await exportXlsx()
    const about = exported.getWorksheet('About these numbers')
    const facts = new Map<unknown, unknown>()
    about?.eachRow((row) => facts.set(row.getCell(1).value, row.getCell(2).value))
    expect(facts.get('Rows')).toBe(ROWS)
    expect(facts.get('Complete')).toBe('Yes, every row')
    expect(facts.get('Version of the data')).toBe('20260301100000-abcd')
    expect(facts.get('Amount')).toBe('What Amount means')
    expect(facts.get('crm')).toBe('2026-03-01 09:55 UTC')
  })

  it('goes on on another sheet when one is full', async () => {
    const { exported } = await exportXlsx({ sheetRows: 1004 })
    expect(exported.worksheets.map((sheet) => sheet.name)).toEqual([
      'Deals of March',
      'Deals of March (2)',
      'Deals of March (3)',
      'About these numbers',
    ])
    const counts = exported.worksheets.slice(0, 3).map((sheet) => sheet.rowCount - 4)
    expect(counts).toEqual([1000, 1000, 500])
    expect(exported.worksheets[1]?.getCell('A4').value).toBe('Deal')
  })
})

describe('records as CSV', () => {
  it('has headings in words, every row, and a byte order mark', async () => {
    const { stream, rows } = await exports().recordsCsv(request())
    const bytes = await buffer(stream)
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(bytes.subarray(3).toString().split('\n')[0]).toBe(
      'Deal,Title,Manager,Is won,Created,Amount,Win rate',
    )
    expect(rows).toBe(ROWS)
  })

  it('reads back as the values of an independent SQL, dangerous text behind an apostrophe', async () => {
    const { stream } = await exports().recordsCsv(request())
    const path = join(folder, 'back.csv')
    writeFileSync(path, await text(stream))
    const back = await rowsOf(file, `select * from read_csv('${path}', header = true, all_varchar = true)`)
    const rows = await rowsOf(file, compile({ ...query, limit: 1_000_000 }).sql)
    expect(back.map((row) => Object.values(row).slice(0, 3))).toEqual(
      rows.map((row) =>
        Object.values(row)
          .slice(0, 3)
          .map((value) => guarded(value)),
      ),
    )
    expect(back.map((row) => Number(row.Amount))).toEqual(rows.map((row) => Number(row.deals_report__amount)))
    expect(back.some((row) => String(row.Title).startsWith("'="))).toBe(true)
    expect(back.every((row) => !/^[=+\-@\t\r]/.test(String(row.Title)))).toBe(true)
  })
})

describe('every export', () => {
  it('leaves a line in the audit log with who, what and how many rows', async () => {
    const { lines } = await exportXlsx()
    expect(lines).toEqual([
      {
        userId: 'user-1',
        action: 'export',
        subject: 'Deals of March',
        detail: { kind: 'records', format: 'xlsx', rows: ROWS, query },
      },
    ])
  })

  it('deletes its temporary file once sent, and when nobody reads it', async () => {
    const { stream } = await exports().recordsCsv(request())
    await buffer(stream)
    const unread = await exports().recordsXlsx(request())
    unread.stream.destroy()
    await expect.poll(() => readdirSync(join(folder, 'temp'))).toEqual([])
  })

  it('is refused, with nothing left behind, when rows go missing', async () => {
    const dropping: ExportSemantic = { ...semantic, sql: flickeringSql() }
    await expect(exports(dropping).recordsXlsx(request())).rejects.toThrow(/was stopped: \d+ of \d+ rows/)
    expect(existsSync(join(folder, 'temp')) ? readdirSync(join(folder, 'temp')) : []).toEqual([])
  })

  it('is refused when new numbers keep being published under it', async () => {
    const moving: ExportSemantic = {
      ...semantic,
      sql: async (...asked) => ({ ...(await semantic.sql(...asked)), version: 'another' }),
    }
    await expect(exports(moving).recordsCsv(request())).rejects.toThrow(/New numbers were published/)
  })

  it('keeps the rest of the process answering while it writes', async () => {
    let beats = 0
    const timer = setInterval(() => (beats += 1), 5)
    const { stream } = await exports().recordsXlsx(request())
    clearInterval(timer)
    stream.destroy()
    expect(beats).toBeGreaterThan(3)
  })
})

function request() {
  return { reader, query, title: 'Deals of March', locale: 'en' }
}

function exports(over: ExportSemantic = semantic, lines: unknown[] = [], sheetRows?: number) {
  const audit: ExportAudit = { append: async (entry) => void lines.push(entry) }
  return createExports({
    semantic: over,
    workspace: { audit },
    tempDir: join(folder, 'temp'),
    company: { timezone: 'UTC', currency: 'EUR', fiscalCalendar: CALENDAR_YEARS },
    now: () => new Date('2026-03-02T12:00:00Z'),
    ...(sheetRows === undefined ? {} : { sheetRows }),
  })
}

async function exportXlsx({ sheetRows }: { sheetRows?: number } = {}) {
  const lines: unknown[] = []
  const { stream, filename } = await exports(semantic, lines, sheetRows).recordsXlsx(request())
  expect(filename).toBe('Deals of March 2026-03-02.xlsx')
  const exported = new ExcelJS.Workbook()
  await exported.xlsx.read(Readable.from(stream))
  return { exported, lines }
}

/** A SQL whose rows differ from one run to the next. */
function flickeringSql(): ExportSemantic['sql'] {
  return async (...asked) => {
    const compiled = await semantic.sql(...asked)
    return { ...compiled, sql: `select * from (${compiled.sql}) as every_row where random() < 0.5` }
  }
}

function guarded(value: unknown): unknown {
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
}

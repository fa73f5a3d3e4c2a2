import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createExports } from '#exports'
import type { ExportSemantic } from '#exports'
import { CALENDAR_YEARS, parseDefinition } from '#semantic/report'
import { publishDeals, reader, rowsOf } from './published-deals.ts'

const definition = parseDefinition({
  version: 1,
  reportType: 'deals_report',
  title: 'Win rate by department',
  rows: [{ member: 'deals_report.department' }, { member: 'deals_report.manager' }],
  columns: [{ member: 'deals_report.created_at', granularity: 'month' }],
  values: [{ member: 'deals_report.count' }, { member: 'deals_report.win_rate' }],
  filters: [],
  parameters: [{ name: 'title', label: 'Title', type: 'text', default: { kind: 'value', values: ['all'] } }],
})

let folder: string
let file: string
let semantic: ExportSemantic

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'embut-report-'))
  ;({ file, semantic } = await publishDeals(folder, 1000))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a report as XLSX', () => {
  it('has the totals of an independent SQL at their own grain', async () => {
    const sheet = (await reportBook()).worksheets[0]
    const [truth] = await rowsOf(file, `select count(*) n, avg(is_won::int) rate from deals`)
    const last = sheet?.getRow(sheet.rowCount)
    const columns = sheet?.columnCount ?? 0
    expect(last?.getCell(1).value).toBe('Total')
    expect(last?.getCell(columns - 1).value).toBe(Number(truth?.n))
    expect(last?.getCell(columns).value).toBeCloseTo(Number(truth?.rate), 12)
  })

  it('has every leaf and subtotal of an independent SQL', async () => {
    const sheet = (await reportBook()).worksheets[0]
    const truth = await rowsOf(
      file,
      `select department, manager, grouping(manager) is_subtotal, count(*) filter (month(created_at) = 1) january,
        count(*) filter (month(created_at) = 2) february, count(*) total from deals
        group by grouping sets ((department, manager), (department)) order by 1, 3, 2 nulls last`,
    )
    const lines = truth.map((_, index) =>
      [1, 2, 3, 5, 7].map((c) => sheet?.getRow(7 + index).getCell(c).value),
    )
    expect(lines).toEqual(
      truth.map((row) => [
        row.department,
        Number(row.is_subtotal) === 1 ? 'Total' : (row.manager ?? '–'),
        Number(row.january),
        Number(row.february),
        Number(row.total),
      ]),
    )
  })

  it('merges the headings over their columns and keeps them in view', async () => {
    const sheet = (await reportBook()).worksheets[0]
    expect(sheet?.getCell('A5').isMerged).toBe(true)
    expect(sheet?.getCell('C5').value).toBe('Jan 2026')
    expect(sheet?.getCell('D5').master.address).toBe('C5')
    expect(sheet?.getCell('D6').value).toBe('Win rate')
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', xSplit: 2, ySplit: 6 })
  })

  it('groups leaves under bold subtotals and shows shares as percent', async () => {
    const sheet = (await reportBook()).worksheets[0]
    expect(sheet?.getRow(7).outlineLevel).toBe(1)
    const subtotal = sheet?.getRow(13)
    expect(subtotal?.getCell(2).value).toBe('Total')
    expect(subtotal?.getCell(3).font?.bold).toBe(true)
    expect(sheet?.getCell('D7').numFmt).toBe('0.0%')
  })

  it('says its parameters and its sentence above the table', async () => {
    const sheet = (await reportBook()).worksheets[0]
    expect(sheet?.getCell('A1').value).toBe('Win rate by department')
    expect(String(sheet?.getCell('A2').value)).toContain('by department')
    expect(sheet?.getCell('A3').value).toBe('Title: all')
  })

  it('is in the reader’s language, its sheet about the numbers too', async () => {
    const book = await reportBook({ locale: 'es' })
    expect(book.worksheets.map(({ name }) => name)).toEqual(['Win rate by department', 'Sobre estas cifras'])
    const [sheet] = book.worksheets
    expect(sheet?.getCell('C5').value).toBe('ene 2026')
    expect(sheet?.getRow(sheet.rowCount).getCell(1).value).toBe('Total')
    expect(String(sheet?.getCell('A2').value)).toContain(' por ')
    expect(book.worksheets[1]?.getColumn(1).values).toContain('Exportado por')
  })

  it('is coloured as the screen is, and compares leaves with leaves', async () => {
    const [count, rate] = definition.values
    if (!count || !rate) throw new Error('the report has no values')
    const coloured = {
      ...definition,
      columns: [],
      values: [
        { ...count, colour: { by: 'bars' as const } },
        { ...rate, colour: { by: 'limits' as const, low: 0.3, high: 0.6 } },
      ],
    }
    const [sheet] = (await reportBook({ definition: coloured })).worksheets
    const found = conditionalFormats(sheet)
    expect(found.map(({ rules }) => rules.map(({ type }) => type))).toEqual([
      ['dataBar'],
      ['cellIs', 'cellIs'],
    ])
    // The subtotal of a department and the total are no bar among the people.
    expect(found[0]?.ref.split(' ').length).toBeGreaterThan(1)
    expect(found[1]?.ref).toBe(`D6:D${sheet?.rowCount ?? 0}`)
  })

  it('is refused when a query answered with fewer rows than there are', async () => {
    const cut: ExportSemantic = {
      ...semantic,
      load: async (...asked) => {
        const result = await semantic.load(...asked)
        return { ...result, rows: result.rows.slice(1) }
      },
    }
    await expect(exports(cut).reportXlsx(request())).rejects.toThrow(/too many for one sheet/)
  })
})

describe('several reports as one XLSX', () => {
  it('has each on a sheet of its own, with a name of its own, and tells of all on the last', async () => {
    const entries: { readonly subject: string }[] = []
    const { reader: asked, ...rest } = request()
    const reports = [rest, { ...rest, definition: { ...definition, columns: [] } }]
    const { stream, filename } = await exports(semantic, entries).reportsXlsx({
      reader: asked,
      locale: 'en',
      title: 'Meeting pack',
      reports,
    })
    const book = await bookOf(stream)
    expect(filename).toBe('Meeting pack 2026-03-02.xlsx')
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      'Win rate by department',
      'Win rate by department (2)',
      'About these numbers',
    ])
    const [first, second, about] = book.worksheets
    const totals = [first, second].map(
      (sheet) => sheet?.getRow(sheet.rowCount).getCell(sheet.columnCount).value,
    )
    expect(totals[0]).toBe(totals[1])
    const labels = (about?.getColumn(1).values ?? []).filter((value) => value === definition.title)
    expect(labels).toHaveLength(2)
    expect(entries.map(({ subject }) => subject)).toEqual([definition.title, definition.title])
  })

  it('leaves no file and no line in the audit log when one of them is refused', async () => {
    const entries: { readonly subject: string }[] = []
    const { reader: asked, ...rest } = request()
    const foreign = { ...rest, definition: { ...definition, reportType: 'secrets_report' } }
    const written = exports(semantic, entries).reportsXlsx({
      reader: asked,
      locale: 'en',
      reports: [rest, foreign],
    })
    await expect(written).rejects.toThrow(/secrets_report/)
    expect(entries).toEqual([])
    expect(readdirSync(join(folder, 'temp'))).toEqual([])
  })
})

describe('a report as CSV', () => {
  it('has one heading line, and the same lines as the sheet', async () => {
    const { stream, filename } = await exports().reportCsv(request())
    const lines = (await text(stream)).trim().split('\r\n')
    const sheet = (await reportBook()).worksheets[0]
    expect(filename).toBe('Win rate by department 2026-03-02.csv')
    expect(lines[0]).toBe(
      'Department,Manager,Jan 2026 / Deals,Jan 2026 / Win rate,Feb 2026 / Deals,Feb 2026 / Win rate,Total / Deals,Total / Win rate',
    )
    expect(lines).toHaveLength((sheet?.rowCount ?? 0) - 5)
    expect(lines.at(-1)?.startsWith('Total,')).toBe(true)
  })
})

type Over = { readonly locale?: string; readonly definition?: typeof definition }

function request(over: Over = {}) {
  return { reader, definition, parameters: {}, locale: 'en', ...over }
}

type Format = { readonly ref: string; readonly rules: readonly { readonly type: string }[] }

/** What exceljs read of the colours; its types leave it out. */
function conditionalFormats(sheet: ExcelJS.Worksheet | undefined): readonly Format[] {
  return (sheet as unknown as { conditionalFormattings: readonly Format[] }).conditionalFormattings
}

function exports(over: ExportSemantic = semantic, entries: { readonly subject: string }[] = []) {
  return createExports({
    semantic: over,
    workspace: { audit: { append: async (entry) => void entries.push(entry) } },
    tempDir: join(folder, 'temp'),
    company: { timezone: 'UTC', currency: 'EUR', fiscalCalendar: CALENDAR_YEARS },
    now: () => new Date('2026-03-02T12:00:00Z'),
  })
}

async function reportBook(over: Over = {}): Promise<ExcelJS.Workbook> {
  return bookOf((await exports().reportXlsx(request(over))).stream)
}

async function bookOf(stream: Readable): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.read(Readable.from(stream))
  return book
}

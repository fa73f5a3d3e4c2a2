import { mkdtempSync, rmSync } from 'node:fs'
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

/** Of 160 deals some of the five people have 30, the others and nobody in particular fewer. */
const DEALS = 160
const BEST = 1

const definition = parseDefinition({
  version: 1,
  reportType: 'deals_report',
  title: 'Who wins most',
  rows: [{ member: 'deals_report.manager' }],
  values: [{ member: 'deals_report.win_rate', show: ['likely'] }],
  options: { limit: BEST, sort: { member: 'deals_report.win_rate', direction: 'desc' } },
})

type Person = { readonly label: string; readonly rate: number; readonly cases: number }

let folder: string
let file: string
let semantic: ExportSemantic
let people: { readonly best: readonly Person[]; readonly few: readonly Person[] }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'embut-few-'))
  ;({ file, semantic } = await publishDeals(folder, DEALS))
  const rows = await rowsOf(
    file,
    `select manager, avg(is_won::int) as rate, count(*) as cases from deals group by manager`,
  )
  const all = rows.map(({ manager, rate, cases }) => ({
    name: manager === null ? null : String(manager),
    ...{ rate: Number(rate), cases: Number(cases) },
  }))
  const ranked = all.filter(({ cases }) => cases >= 30)
  const few = all.filter(({ cases }) => cases < 30)
  people = {
    best: ranked
      .toSorted((a, b) => b.rate - a.rate || String(a.name).localeCompare(String(b.name)))
      .slice(0, BEST)
      .map((person) => ({ ...person, label: String(person.name) })),
    few: few
      .toSorted(
        (a, b) =>
          Number(a.name === null) - Number(b.name === null) || (String(a.name) < String(b.name) ? -1 : 1),
      )
      .map((person) => ({ ...person, label: `${person.name ?? '–'} · ${person.cases} cases, not ranked` })),
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a top of people by a rate, in a file', () => {
  it('has people of both kinds to tell apart', () => {
    expect(people.best).toHaveLength(BEST)
    expect(people.few.length).toBeGreaterThan(1)
  })

  it('keeps those of few cases below the best in XLSX, with the reason, in italics', async () => {
    const sheet = (await book()).worksheets[0]
    const lines = [...people.best, ...people.few]
    const rows = lines.map((_, index) => sheet?.getRow(FIRST_LINE + index))
    expect(rows.map((row) => row?.getCell(1).value)).toEqual(lines.map(({ label }) => label))
    expect(rows.map((row) => row?.getCell(3).value)).toEqual(lines.map(({ cases }) => cases))
    rows.forEach((row, index) => expect(row?.getCell(2).value).toBeCloseTo(lines[index]?.rate ?? -1, 12))
    expect(rows.map((row) => row?.getCell(2).font?.italic === true)).toEqual(
      lines.map(({ cases }) => cases < 30),
    )
    const after = [0, 1].map((index) => sheet?.getRow(FIRST_LINE + lines.length + index).getCell(1).value)
    expect(after).toEqual(['Others', 'Total'])
  })

  it('has the number of cases and both ends of the likely range in columns of their own', async () => {
    const sheet = (await book()).worksheets[0]
    expect([2, 3, 4, 5].map((column) => sheet?.getRow(FIRST_LINE - 1).getCell(column).value)).toEqual([
      ...['value', 'n', 'low (95 %)', 'high (95 %)'],
    ])
    const total = sheet?.getRow(sheet.rowCount)
    expect(total?.getCell(3).value).toBe(DEALS)
    // 53 of 160 by SciPy’s binomtest(53, 160).proportion_ci(method="wilson").
    expect(Number(total?.getCell(4).value)).toBeCloseTo(0.26303, 5)
    expect(Number(total?.getCell(5).value)).toBeCloseTo(0.40738, 5)
    expect(total?.getCell(4).numFmt).toBe('0.0%')
  })

  it('says on the last sheet what italics mean', async () => {
    const about = (await book()).worksheets[1]
    const labels = (about?.getColumn(1).values ?? []).map(String)
    const place = labels.indexOf('In italics')
    expect(String(about?.getRow(place).getCell(2).value)).toContain('fewer than 30 cases')
  })

  it('has the same lines in CSV', async () => {
    const lines = (await csv()).map((line) => line.split(','))
    expect(lines[0]).toHaveLength(5)
    // The reason has a comma of its own and stands in quotes.
    const labels = (await csv()).slice(1, -2).map((line) => /^"(.*?)"|^[^,]*/.exec(line)?.slice(0, 2))
    expect(labels.map((found) => found?.[1] ?? found?.[0])).toEqual(
      [...people.best, ...people.few].map(({ label }) => label),
    )
    expect(lines.slice(-2).map(([label]) => label)).toEqual(['Others', 'Total'])
    expect(lines.at(-1)?.[2]).toBe(String(DEALS))
  })
})

/** Title, sentence and an empty line stand above the two lines of headers. */
const FIRST_LINE = 6

function exports() {
  return createExports({
    semantic,
    workspace: { audit: { append: async () => undefined } },
    tempDir: join(folder, 'temp'),
    company: { timezone: 'UTC', currency: 'EUR', fiscalCalendar: CALENDAR_YEARS },
    now: () => new Date('2026-03-02T12:00:00Z'),
  })
}

async function book(): Promise<ExcelJS.Workbook> {
  const { stream } = await exports().reportXlsx({ reader, definition, parameters: {}, locale: 'en' })
  const read = new ExcelJS.Workbook()
  await read.xlsx.read(Readable.from(stream))
  return read
}

async function csv(): Promise<string[]> {
  const { stream } = await exports().reportCsv({ reader, definition, parameters: {}, locale: 'en' })
  return (await text(stream)).trim().split('\r\n')
}

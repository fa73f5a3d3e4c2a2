import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createExports } from '#exports'
import { localeOf } from '#lib/messages/context.ts'
import { planState } from '#lib/plan/state.ts'
import { planFile } from '#lib/server/plan/file.ts'
import { loadPlan, type Plan } from '#lib/server/plan/page.ts'
import { savePlan } from '#lib/server/plan/save.ts'
import { sumOfAmounts } from '../../semantic/plan/index.ts'
import { openServices, SIGN_INS, type FakeServices } from '../portal/fake-services.ts'

const choice = planState.read(new URLSearchParams('month=2026-04&total=123456'))
const speaking = localeOf({ code: 'en', companyLocale: 'en-GB', timeZone: 'UTC', currency: 'EUR' })
const head = SIGN_INS.find(({ role }) => role === 'head')
if (head === undefined) throw new Error('Nobody is head.')
const { name: author, ...linked } = head
const reader = { ...linked, userId: 'head', canSeePersonal: false }

let services: FakeServices
let plan: Plan
const fileOf = (format: 'xlsx' | 'csv', from: FakeServices = services) =>
  planFile(from, { reader, choice, speaking, format, readerName: 'Oriol Camps' })

beforeAll(async () => {
  services = await openServices()
  const control = { ...services.control, requestSync: async () => undefined }
  const save = (cells: readonly object[], reason: string): Promise<number> => {
    const posted = new FormData()
    posted.set('plan', JSON.stringify({ month: '2026-04', reason, cells }))
    return savePlan({ ...services, control }, { reader, author }, { choice, posted })
  }
  await save([{ person: 'crm:p1', value: '50000.25', version: 0 }], '')
  await save([{ person: 'crm:p1', value: '60000.50', version: 1 }], '=HYPERLINK("http://x")')
  plan = await loadPlan(services, reader, choice)
})
afterAll(() => services.close())

async function book(): Promise<ExcelJS.Workbook> {
  const read = new ExcelJS.Workbook()
  await read.xlsx.read(Readable.from((await fileOf('xlsx')).stream))
  return read
}
const valuesOf = (sheet: ExcelJS.Worksheet | undefined, row: number): readonly ExcelJS.CellValue[] => {
  const values = sheet?.getRow(row).values
  return Array.isArray(values) ? values.slice(1) : []
}
const rowsOf = (sheet: ExcelJS.Worksheet | undefined) =>
  Array.from({ length: Math.max((sheet?.rowCount ?? 0) - 4, 0) }, (_, at) => valuesOf(sheet, 5 + at))

describe('a plan as XLSX', () => {
  it('has what the page shows, the steps, the versions and the passport', async () => {
    const sheets = (await book()).worksheets
    expect(sheets.map(({ name }) => name)).toEqual([
      'Plan',
      'How the number comes about',
      'Versions',
      'About these numbers',
    ])
    const shown = rowsOf(sheets[0])
    const person = plan.rows.find(({ key }) => key === 'crm:p1')
    expect(shown.find(([name]) => name === person?.name)?.[3]).toBe(60000.5)
    expect(shown.filter(([name]) => plan.rows.some((row) => row.name === name))).toHaveLength(
      plan.rows.length,
    )
    expect(shown.at(-1)?.[4]).toBe(123456)
  })

  it('has each proposal as the sum of its parts, and all as the total', async () => {
    const steps = rowsOf((await book()).getWorksheet('How the number comes about'))
    const amounts = steps.map((row) => row.slice(1, 9).map((value) => String(value)))
    for (const parts of amounts) expect(sumOfAmounts(parts.slice(0, 7))).toBe(parts[7])
    expect(sumOfAmounts(amounts.map((parts) => parts[7] ?? ''))).toBe('123456')
    for (const row of steps) expect(row[9]).toMatch(/^Base: /)
  })

  it('has every version with its author, and a reason that looks like a formula as a text', async () => {
    const rows = rowsOf((await book()).getWorksheet('Versions'))
    expect(rows.map((row) => row.slice(1, 5))).toEqual([
      [1, 50000.25, 'Oriol Camps', undefined],
      [2, 60000.5, 'Oriol Camps', '=HYPERLINK("http://x")'],
    ])
  })

  it('says in its passport what it is of, and leaves a line in the audit log', async () => {
    const about = (await book()).getWorksheet('About these numbers')
    const facts = Object.fromEntries(
      Array.from({ length: about?.rowCount ?? 0 }, (_, at) => valuesOf(about, at + 1).slice(0, 2)).filter(
        ([label]) => label !== undefined,
      ),
    )
    expect(facts).toMatchObject({
      'Parameters: Total to split': '€123,456',
      Rows: plan.rows.length,
      'Exported by': 'Oriol Camps',
      Note: 'Saved. Reports show it after the next build.',
    })
    const [line] = await services.workspace.audit.list()
    expect(line).toMatchObject({ action: 'export', userId: 'head', subject: 'Plan, Won value, Apr 2026' })
  })
})

describe('a plan as CSV', () => {
  it('has a line per person that sums to the total', async () => {
    const { stream, filename } = await fileOf('csv')
    const lines = (await text(stream)).trim().split('\r\n')
    expect(filename).toMatch(/^Plan, Won value, Apr 2026 .*\.csv$/)
    expect(lines[0]).toMatch(/^Department,Person,/)
    expect(lines).toHaveLength(plan.rows.length + 1)
    const proposals = lines.slice(1).map((line) => line.split(',')[5] ?? '')
    expect(sumOfAmounts(proposals.filter((value) => value !== ''))).toBe('123456')
  })
})

describe('finished tables', () => {
  it('keep a CSV from running a text as a formula', async () => {
    const { workspace, semantic, config, now } = services
    const exports = createExports({ semantic, workspace, tempDir: '/tmp', company: config.company, now })
    const [passport] = [(await semantic.load(reader, { measures: ['targets_report.actual_value'] })).passport]
    const { stream } = await exports.tableCsv({
      ...{ reader, passport, title: 'T', locale: 'en', parameters: [] },
      table: {
        ...{ title: 'T', sentence: '' },
        columns: [{ kind: 'text', title: 'Name' }],
        lines: [{ kind: 'leaf', values: ['=1+1'] }],
      },
    })
    expect(await text(stream)).toBe("Name\r\n'=1+1\r\n")
  })
})

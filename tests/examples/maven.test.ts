import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { currentPublished, withWarehouse } from '#warehouse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildExample, dataSet } from './example.ts'

const { folder, isAbsent } = dataSet('maven_crm')
const FIGURES = ['count', 'won_count', 'lost_count', 'open_count', 'win_rate', 'won_amount']
const measures = FIGURES.map((name) => `deals_report.${name}`)
const PUBLISHED = [8_800, 4_238, 2_473, 2_089, 4_238 / 6_711, 10_005_534]

describe.skipIf(isAbsent)(
  'the sales pipeline example (skipped when ../shared/data/maven_crm is absent)',
  () => {
    let example: Awaited<ReturnType<typeof buildExample>>
    beforeAll(async () => {
      example = await buildExample('maven', { MAVEN_CRM: folder })
    }, 240_000)
    afterAll(() => example.close())

    it('is built and published by one command', () => {
      expect(example.build).toMatchObject({ code: 0 })
      expect(example.build.out).toMatch(/Published \d{14}-[0-9a-f]{4}/)
    })

    it('has the published figures by the query command', async () => {
      const [row = {}] = await example.query({ measures })
      expect(measures.map((name) => Number(row[name]))).toEqual(PUBLISHED)
    })

    it('has the same figures in a workbook', async () => {
      const file = join(example.folder, 'figures.xlsx')
      const { code, err } = await example.run(
        ['export', '--as', 'admin', '--out', file],
        JSON.stringify({ measures }),
      )
      expect({ code, err }).toMatchObject({ code: 0 })
      const workbook = new ExcelJS.Workbook()
      await workbook.xlsx.readFile(file)
      expect(numberRows(workbook).map((row) => row.map(near))).toContainEqual(PUBLISHED.map(near))
    })

    it('has 35 salespeople under 6 heads in 3 regions', async () => {
      const published = await currentPublished(join(example.folder, '.embut/published'))
      const [row] = await withWarehouse(published?.file ?? '', { readOnly: true }, (connection) =>
        connection.query(
          `select count(*)::int as people, count(distinct department_id)::int as departments,
           count(distinct head_name)::int as heads, count(distinct branch)::int as regions
         from dim_manager where manager_id <> 'unknown'`,
        ),
      )
      expect(row).toEqual({ people: 35, departments: 6, heads: 6, regions: 3 })
    })

    it('has 85 companies', async () => {
      const [row] = await example.query({
        measures: ['clients_report.count', 'clients_report.records_count'],
      })
      expect(row).toMatchObject({ 'clients_report.count': '85', 'clients_report.records_count': '85' })
    })

    it('lists the product that is spelled two ways, and counts its deals as one product', async () => {
      const findings = await example.query({
        dimensions: ['data_quality_report.value', 'data_quality_report.suggestion'],
        measures: ['data_quality_report.found_rows'],
        filters: [{ member: 'data_quality_report.value', operator: 'equals', values: ['GTXPro'] }],
      })
      expect(findings).toEqual([expect.objectContaining({ 'data_quality_report.value': 'GTXPro' })])
      const products = await example.query({
        dimensions: ['deals_report.product'],
        measures: ['deals_report.count'],
        filters: [{ member: 'deals_report.product', operator: 'contains', values: ['GTX'] }],
      })
      const counts = new Map(
        products.map((row) => [row['deals_report.product'], Number(row['deals_report.count'])]),
      )
      expect(counts.get('GTX Pro')).toBe(1_480)
      expect(counts.has('GTXPro')).toBe(false)
    })
  },
)

function near(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

function numberRows(workbook: ExcelJS.Workbook): number[][] {
  const rows: number[][] = []
  workbook.worksheets[0]?.eachRow((row) => {
    const cells = FIGURES.map((_, index) => Number(row.getCell(index + 1).value))
    rows.push(cells)
  })
  return rows
}

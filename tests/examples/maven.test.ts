import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildExample, dataSet, PATIENCE } from './example.ts'

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
    }, PATIENCE.build)
    afterAll(() => example.close())

    it('is built and published by one command', () => {
      expect(example.build).toMatchObject({ code: 0 })
      expect(example.build.out).toMatch(/Published \d{14}-[0-9a-f]{4}/)
    })

    it('has the published figures by the query command', { timeout: PATIENCE.command }, async () => {
      const [row = {}] = await example.query({ measures })
      expect(measures.map((name) => Number(row[name]))).toEqual(PUBLISHED)
    })

    it('has the same figures in a workbook', { timeout: PATIENCE.command }, async () => {
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

    it('has 35 salespeople under 6 heads in 3 regions, and 85 companies', async () => {
      const people = await example.sql(
        `select count(*)::int as people, count(distinct department_id)::int as departments,
         count(distinct head_name)::int as heads, count(distinct branch)::int as regions
       from dim_manager where manager_id <> 'unknown'`,
      )
      expect(people).toEqual([{ people: 35, departments: 6, heads: 6, regions: 3 }])
      const companies = await example.sql(
        `select count(*)::int as records, count(distinct client_id)::int as clients from dim_client_record`,
      )
      expect(companies).toEqual([{ records: 85, clients: 85 }])
    })

    it('lists the product that is spelled two ways', { timeout: PATIENCE.command }, async () => {
      const findings = await example.query({
        dimensions: ['data_quality_report.value', 'data_quality_report.suggestion'],
        filters: [{ member: 'data_quality_report.value', operator: 'equals', values: ['GTXPro'] }],
      })
      expect(findings).toHaveLength(1)
      expect(findings[0]).toMatchObject({
        'data_quality_report.suggestion': expect.stringContaining('GTX Pro'),
      })
    })

    it('counts the deals of both spellings as one product', async () => {
      const products = await example.sql(
        `select product_name as name, count(*)::int as deals from fct_deals join dim_product using (product_id)
       where product_name in ('GTX Pro', 'GTXPro') group by all`,
      )
      expect(products).toEqual([{ name: 'GTX Pro', deals: 1_480 }])
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

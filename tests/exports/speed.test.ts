import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createExports, measureExport, measurePlainExceljs } from '#exports'
import { publishDeals, reader } from './published-deals.ts'

const COLUMNS = ['deal_id', 'title', 'manager', 'department', 'is_won', 'created_at'].map(
  (c) => `deals_report.${c}`,
)

it('writes a large list at no less than 0.4 of the rate of plain exceljs', async () => {
  const rows = Number(process.env.EXPORT_ROWS ?? 20_000)
  const folder = mkdtempSync(join(tmpdir(), 'embut-speed-'))
  try {
    const { semantic } = await publishDeals(folder, rows)
    const company = { timezone: 'UTC', currency: 'EUR', fiscalYearStart: 1 }
    const workspace = { audit: { append: async () => undefined } }
    const service = createExports({ semantic, workspace, company, tempDir: folder, now: () => new Date(0) })
    const query = {
      dimensions: COLUMNS,
      timeDimensions: [{ dimension: 'deals_report.created_at', granularity: 'month' as const }],
      measures: ['deals_report.count', 'deals_report.amount', 'deals_report.win_rate'],
    }
    const ours = await measureExport(() =>
      service.recordsXlsx({ reader, query, title: 'Deals', locale: 'en' }),
    )
    const plain = await measurePlainExceljs(join(folder, 'plain.xlsx'), plainRows(rows))
    const csv = await measureExport(() => service.recordsCsv({ reader, query, title: 'Deals', locale: 'en' }))
    process.stdout.write(`${JSON.stringify({ ours, plain, csv })}\n`)
    expect(ours.rows).toBe(rows)
    expect(ours.rowsPerSecond / plain.rowsPerSecond).toBeGreaterThan(0.4)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

function* plainRows(count: number) {
  for (let i = 1; i <= count; i += 1) {
    const title = `Deal ${i}`
    yield [
      `crm:${i}`,
      title,
      `Manager ${i % 5}`,
      `Department ${i % 2}`,
      i % 3 === 0,
      46_000 + i,
      46_000,
      1,
      i * 1.37,
      0.3,
    ]
  }
}

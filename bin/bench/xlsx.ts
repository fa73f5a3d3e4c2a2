import { join } from 'node:path'
import { measureExport, measurePlainExceljs, createExports } from '#exports'
import { createSemantic, type CubeQuery } from '#semantic'
import type { Config } from '#config'
import { PROJECT_ROOT, publishedDir } from '../context.ts'
import type { Result } from './measure.ts'
import { BENCH_READER } from './reader.ts'

const ROWS = 100_000
const COLUMNS = [
  'deal_id',
  'title',
  'status',
  'pipeline',
  'stage',
  'manager',
  'department',
  'client',
  'created_at',
  'closed_at',
]

/** 100,000 rows of ten columns as XLSX, checked and with its passport, beside plain exceljs writing as many. */
export async function benchXlsx(config: Config, folder: string): Promise<Result> {
  const semantic = await createSemantic({
    projectRoot: PROJECT_ROOT,
    publishedDir: publishedDir(config),
    watch: false,
  })
  try {
    const audit = { append: async () => undefined }
    const files = createExports({
      semantic,
      workspace: { audit },
      tempDir: folder,
      company: config.company,
      now: () => new Date(),
    })
    const query: CubeQuery = { dimensions: COLUMNS.map((name) => `deals_report.${name}`), limit: ROWS }
    const plain = await measurePlainExceljs(join(folder, 'plain.xlsx'), plainRows())
    const own = await measureExport(() =>
      files.recordsXlsx({ reader: BENCH_READER, query, title: 'Deals', locale: 'en-GB' }),
    )
    const ratio = own.rowsPerSecond / plain.rowsPerSecond
    const words = (measured: typeof own) =>
      `${Math.round(measured.rowsPerSecond)} rows/s, peak ${Math.round(measured.peakBytes / 1e6)} MB`
    return {
      name: `XLSX, ${own.rows} × ${COLUMNS.length}`,
      ours: words(own),
      reference: `exceljs ${words(plain)}`,
      ratio: `${ratio.toFixed(2)} ×`,
      goal: 'shown',
      isMet: true,
    }
  } finally {
    await semantic.close()
  }
}

function* plainRows(): Generator<readonly (string | number | Date)[]> {
  const day = new Date('2026-01-01')
  for (let row = 0; row < ROWS; row++)
    yield [
      `deal:${row}`,
      `Deal ${row}`,
      'won',
      'Sales',
      'Won',
      'Anna Keller',
      'Retail',
      `Client ${row}`,
      day,
      day,
    ]
}

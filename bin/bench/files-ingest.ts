import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { loadConfig } from '#config'
import { syncSources } from '#ingest'
import { withWarehouse } from '#warehouse'
import { openWorkspace, workspaceOptions } from '#workspace'
import { sideBySide, type Result } from './measure.ts'

const ROWS = 1_000_000
const REPEATS = 5

/** Landing one CSV of a million deals (typed, merged, with history and ledger) beside DuckDB's own COPY into a table. */
export async function benchFilesIngest(folder: string): Promise<Result> {
  const data = join(folder, 'data')
  mkdirSync(data, { recursive: true })
  const csv = join(data, 'deals.csv')
  await writeDeals(csv, ROWS)
  const { ours, reference } = await sideBySide(
    { warmUp: 1, repeats: REPEATS },
    (turn) => land(join(folder, `state-${turn}`), data),
    (turn) => copyStraight(join(folder, `copy-${turn}.duckdb`), csv),
  )
  const perSecond = (milliseconds: number) => `${Math.round(ROWS / milliseconds)} k rows/s`
  const ratio = reference.median / ours.median
  return {
    name: 'files ingest, 1 M rows',
    ours: perSecond(ours.median),
    reference: `COPY ${perSecond(reference.median)}`,
    ratio: `${ratio.toFixed(2)} ×`,
    goal: '≥ 0.5 ×',
    isMet: ratio >= 0.5,
  }
}

/** Writes a CSV of so many deals. */
export function writeDeals(csv: string, rows: number): Promise<number> {
  return withWarehouse(':memory:', {}, (connection) =>
    connection.run(`copy (
      select n as deal_id, 'Deal ' || n as title, 'Stage ' || n % 7 as stage, 'Owner ' || n % 40 as owner,
        'Company ' || n % 20000 as company, (n * 7919 % 100000) / 100 as amount, 'EUR' as currency,
        timestamp '2024-01-01' + to_minutes(n::int) as created_at
      from range(${rows}) as deals(n)) to '${csv}' (header)`),
  )
}

async function land(state: string, data: string): Promise<void> {
  mkdirSync(state, { recursive: true })
  const file = join(state, 'embut.yaml')
  const company = '{ name: Bench, timezone: UTC, currency: EUR, locale: en-GB, country: GB }'
  writeFileSync(file, `company: ${company}\n${configOfFiles(data)}`)
  const config = loadConfig(file, {})
  const workspace = await openWorkspace(workspaceOptions(config, {}))
  const { failures } = await syncSources({ config, workspace })
  await workspace.close()
  if (failures.length > 0) throw new Error(failures.map((failure) => failure.message).join('; '))
  rmSync(state, { recursive: true })
}

const COLUMNS = ['deal_id', 'title', 'stage', 'owner', 'company', 'amount', 'currency', 'created_at']

/** Writes a workbook of so many deals, its texts in a list of their own, as Excel does. */
export async function writeWorkbook(path: string, rows: number): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    filename: path,
    useStyles: true,
    useSharedStrings: true,
  })
  const sheet = workbook.addWorksheet('Deals')
  sheet.addRow(COLUMNS).commit()
  for (let n = 1; n <= rows; n++) {
    const names = [`Deal ${n}`, `Stage ${n % 7}`, `Owner ${n % 40}`, `Company ${n % 20_000}`]
    const createdAt = new Date(Date.UTC(2024, 0, 1) + n * 60_000)
    sheet.addRow([n, ...names, ((n * 7919) % 100_000) / 100, 'EUR', createdAt]).commit()
  }
  await workbook.commit()
}

/** The `sources` of a company that reads one file of deals in a folder. */
export function configOfFiles(data: string, name = 'deals.csv'): string {
  return `sources:
  bench:
    connector: files
    folder: ${data}
    files:
      - match: ${name}
        entity: deals
        columns: { ${COLUMNS.map((column) => `${column}: ${column}`).join(', ')} }
`
}

async function copyStraight(file: string, csv: string): Promise<void> {
  await withWarehouse(file, {}, async (connection) => {
    await connection.run(`create table deals (deal_id varchar primary key, title varchar, stage varchar, owner varchar,
      company varchar, amount decimal(18, 4), currency varchar, created_at timestamp)`)
    await connection.run(`copy deals from '${csv}' (header)`)
  })
  rmSync(file)
}

import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import exceljs from 'exceljs'
import { afterEach, expect, test } from 'vitest'
import { COMPANY, makeProject } from './project.ts'
import type { Project } from './project.ts'
import { withWarehouse } from '#warehouse'

let project: Project
afterEach(() => project.dispose())

/** A files source `crm` with these entries under `files`. */
function source(files: string, company = COMPANY): string {
  return `${company}\nsources:\n  crm:\n    connector: files\n    folder: data\n    files:\n${files}`
}

const DEALS = source(`
      - match: '*.csv'
        entity: deals
        columns: { deal_id: id, title: name, amount: amount, closed_at: closed, expected_close_on: due }
`)

async function deals(): Promise<readonly unknown[]> {
  return project.rows(
    `select deal_id, title, amount, closed_at, expected_close_on as due from all_files.deals
     where not _deleted order by deal_id`,
  )
}

const ONE = {
  deal_id: '1',
  title: 'Büro',
  amount: '10.5000',
  closed_at: '2024-03-31 10:00:00',
  due: '2024-04-01',
}

test('reads XLSX: real dates, numbers, texts, and the row of what does not fit', async () => {
  project = makeProject(
    DEALS.replace("'*.csv'", "'*.xlsx'").replace('entity: deals', 'entity: deals\n        sheet: Deals'),
  )
  const book = new exceljs.Workbook()
  book.addWorksheet('Other').addRow(['x'])
  const sheet = book.addWorksheet('Deals')
  sheet.addRow(['id', 'name', 'amount', 'closed', 'due'])
  sheet.addRow([1, 'Büro, "gross"', 10.5, new Date('2024-03-31T10:00:00Z'), new Date('2024-04-01')])
  sheet.addRow([])
  sheet.addRow([2, 'Bad', 'ten', null, null])
  await book.xlsx.writeFile(join(project.folder, 'data', 'a.xlsx'))
  const { failures } = await project.sync()
  expect(failures).toEqual([])
  expect(await deals()).toEqual([{ ...ONE, title: 'Büro, "gross"' }])
  expect(await project.rows('select file, line, "value" from raw_embut.quarantine')).toEqual([
    { file: 'a.xlsx', line: '4', value: 'ten' },
  ])
  expect(readdirSync(join(project.config().dataDir, 'spool', 'crm'))).toEqual(['deals'])
})

test('reads Parquet, JSON and JSON lines alike', async () => {
  project = makeProject(DEALS.replace("'*.csv'", "'a.*'"))
  const select = `select 1 as id, 'Büro' as name, 10.5 as amount, timestamp '2024-03-31 10:00' as closed, date '2024-04-01' as due`
  for (const [name, format] of [
    ['a.parquet', 'format parquet'],
    ['a.json', 'format json, array true'],
    ['a.jsonl', 'format json'],
  ]) {
    await withWarehouse(':memory:', {}, (connection) =>
      connection.run(`copy (${select}) to '${join(project.folder, 'data', name ?? '')}' (${format})`),
    )
    const { failures } = await project.sync()
    expect(failures).toEqual([])
    expect(await deals()).toEqual([ONE])
    project.remove(name ?? '')
    execFileSync('rm', ['-rf', project.config().dataDir])
  }
})

test('one sheet mapped to two entities lands in both', async () => {
  project = makeProject(
    source(`
      - { match: a.xlsx, entity: people, columns: { person_id: agent, name: agent } }
      - { match: a.xlsx, entity: departments, columns: { department_id: team, name: team } }
`),
  )
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('Staff')
  sheet.addRow(['agent', 'team'])
  sheet.addRow(['Ann', 'North'])
  await book.xlsx.writeFile(join(project.folder, 'data', 'a.xlsx'))
  expect((await project.sync()).failures).toEqual([])
  expect(await project.rows('select person_id from all_files.people')).toEqual([{ person_id: 'Ann' }])
  expect(await project.rows('select department_id from all_files.departments')).toEqual([
    { department_id: 'North' },
  ])
})

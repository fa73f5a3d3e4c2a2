import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from '#config'
import { connectorsOf, syncSources } from '#ingest'
import { withWarehouse } from '#warehouse'
import { openWorkspace, workspaceOptions } from '#workspace'

const RECIPES = resolve('examples/recipes')

/** Rows of each entity, and what the first deals are worth in all, that a recipe's own files give. */
const EXPECTED = {
  asoft_crm: { deals: 3, companies: 2, people: 2, amount: '1595000.5000' },
  dealer_crm: { deals: 3, contacts: 3, stages: 4, amount: '77400.0000' },
  free_crm: { deals: 2, companies: 2, activities: 1, amount: '15500.0000' },
  freshoffice: { deals: 2, contacts: 2, calls: 2, amount: '210000.0000' },
  google_analytics_bigquery: { web_sessions: 3, amount: null },
  optima_crm: { deals: 2, companies: 2, amount: '1500.0000' },
  smarty_crm: { deals: 3, contacts: 2, amount: '8500.0000' },
  spreadsheets: { deals: 2, people: 2, targets: 2, amount: '13300.5000' },
}

test.each(Object.entries(EXPECTED))(
  'the recipe %s lands its files as they are, with nothing left over',
  async (name, { amount, ...entities }) => {
    const folder = await mkdtemp(join(tmpdir(), `embut-${name}-`))
    await cp(join(RECIPES, name), folder, { recursive: true })
    await sync(join(folder, 'embut.yaml'))
    const counts = Object.keys(entities).map(
      (entity) => `(select count(*)::int from all_files.${entity}) as ${entity}`,
    )
    const sum = '(select sum(amount) from all_files.deals) as amount'
    const left = '(select count(*)::int from raw_embut.quarantine) as quarantined'
    const [row] = await withWarehouse(join(folder, '.embut/raw.duckdb'), { readOnly: true }, (connection) =>
      connection.query(`select ${[...counts, sum, left].join(', ')}`),
    )
    expect(row).toEqual({ ...entities, amount, quarantined: 0 })
    await rm(folder, { recursive: true, force: true })
  },
)

async function sync(file: string): Promise<void> {
  const config = loadConfig(file, {})
  const workspace = await openWorkspace(workspaceOptions(config, {}))
  const connectors = connectorsOf(workspace).filter(({ kind }) => kind === 'files')
  const { failures } = await syncSources({ config, workspace, connectors })
  await workspace.close()
  expect(failures).toEqual([])
}

test('every recipe is read in a minute and tried here or on a real server', async () => {
  const names = (await readdir(RECIPES)).sort()
  const onServers = ['asterisk_cel', 'asterisk_mysql', 'matomo_mysql', 'suitecrm_mysql']
  expect(names).toEqual([...Object.keys(EXPECTED), ...onServers].sort())
  for (const name of names) {
    const readme = await readFile(join(RECIPES, name, 'README.md'), 'utf8')
    expect(readme.split('\n').length, name).toBeLessThanOrEqual(41)
  }
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '#config'
import {
  createSales,
  invoicesOf,
  linesOf,
  ONEC_SETS,
  startFakeCreatio,
  startFakeDynamics,
  startFakeElma365,
  startFakeMegaplan,
  startFakeOnec,
  startFakeSap,
  startFakeSapCrm,
  startFakeSugar,
  startFakeSuite,
  startFakeZoho,
} from '#demo'
import { connectorsOf, syncSources } from '#ingest'
import { withWarehouse } from '#warehouse'
import { openWorkspace, workspaceOptions } from '#workspace'
import { recordLinks } from '../../ingest/connectors/workspace/record-links.ts'
import { dbtBuild } from '../models/dbt-build.ts'
import { leadSuite } from './crm-lead-suite.ts'

const START = Date.parse('2026-11-21T08:00:00Z')
const whole = createSales()
// Some of the calls are enough to count.
const sales = { ...whole, calls: whole.calls.slice(-400) }
const folder = mkdtempSync(join(tmpdir(), 'embut-crms-'))
const marts = join(folder, 'marts.duckdb')
const work = join(folder, 'work.duckdb')
let now = START

const closed = sales.deals.filter(({ closedAt }) => closedAt !== null).length
const stays = sales.deals.reduce((sum, { steps }) => sum + steps.length, 0)

// Where stages of one meaning have one name, a move between two of them is none.
const named = sales.deals.reduce((sum, { steps, pipeline }) => {
  const names = steps.map(({ stage }) =>
    pipeline.stages[stage]?.semantics === 'P' ? stage : pipeline.stages[stage]?.semantics,
  )
  return sum + names.filter((name, index) => name !== names[index - 1]).length
}, 0)

type Running = { close(): Promise<void> }

/** How many moves between stages, calls and activities a service lets see; default all activities. */
type Expected = {
  readonly moves: number
  readonly calls: number
  readonly activities?: number
  /** Whether it tells what deals are made of. */
  readonly hasLines?: boolean
  /** What it lets see of payments: how much was paid, or only which invoices were paid in full. */
  readonly payments?: 'sums' | 'paid or not'
}

/** Services by connector. */
const SERVICES = {
  onec: { start: startOnec, moves: stays, calls: sales.calls.length, hasLines: true, payments: 'sums' },
  creatio: { start: startCreatio, moves: stays, calls: sales.calls.length, hasLines: true, payments: 'sums' },
  // What there was before the first load is not to be seen; one stage changed between two loads.
  dynamics: {
    ...{ start: startDynamics, moves: sales.deals.length + closed + 1, calls: sales.calls.length },
    ...{ hasLines: true, payments: 'paid or not' as const },
  },
  // Calls have no number and no length there, so they are activities.
  sap: {
    ...{ start: startSap, moves: sales.deals.length + closed + 1 },
    ...{ calls: 0, activities: sales.activities.length + sales.calls.length, hasLines: true },
  },
  // Calls are to-dos without number and length; two loads see where each deal stood.
  megaplan: {
    ...{ start: startMegaplan, moves: sales.deals.length, calls: 0, hasLines: true },
    activities: sales.activities.length + sales.calls.length,
  },
  elma365: { start: startElma365, moves: sales.deals.length, calls: 0, hasLines: true },
  sap_crm: { start: startSapCrm, moves: sales.deals.length, calls: 0, hasLines: true },
  suitecrm: { start: startSuite, moves: sales.deals.length, calls: sales.calls.length, hasLines: true },
  sugarcrm: { start: startSugar, moves: named, calls: sales.calls.length, hasLines: true },
  zoho: { start: startZoho, moves: stays, calls: sales.calls.length, payments: 'paid or not' as const },
} as const
type Name = keyof typeof SERVICES
const CONNECTORS = Object.keys(SERVICES)
let patterns = new Map<unknown, string>()

type Started = { readonly service: Running; readonly yaml: string; between?(): void }

async function startOnec(): Promise<Started> {
  const service = await startFakeOnec({ now: () => now, sales })
  const { user, password } = service.auth
  const sets = `{ stage_history: ${ONEC_SETS.stage_history} }`
  return {
    service,
    yaml: `{ connector: onec, url: '${service.url}', auth: { user: ${user}, password: ${password} }, zone: ${service.zone}, sets: ${sets} }`,
  }
}

async function startCreatio(): Promise<Started> {
  const service = await startFakeCreatio({ now: () => now, sales })
  const { user, password } = service.auth
  return {
    service,
    yaml: `{ connector: creatio, url: '${service.url}', auth: { user: ${user}, password: ${password} } }`,
  }
}

async function startDynamics(): Promise<Started> {
  const service = await startFakeDynamics({ now: () => now, sales })
  const { tenant, clientId, clientSecret, tokenUrl } = service.auth
  const auth = `{ tenant: ${tenant}, clientId: ${clientId}, clientSecret: ${clientSecret}, tokenUrl: '${tokenUrl}' }`
  const between = () => {
    const processes = service.table('sales_processes')
    const rows = processes.rows()
    const from = rows.find((row) => row['completedon'] === null)
    const stage = '_activestageid_value'
    const to = rows.find(
      (row) => row['_processid_value'] === from?.['_processid_value'] && row[stage] !== from?.[stage],
    )
    const id = String(from?.['businessprocessflowinstanceid'])
    processes.upsert(id, { [stage]: to?.[stage], activestagestartedon: '2026-11-21T08:30:00Z' })
  }
  return { service, between, yaml: `{ connector: dynamics, url: '${service.url}', auth: ${auth} }` }
}

async function startSap(): Promise<Started> {
  const service = await startFakeSap({ now: () => now, sales })
  const { user, password } = service.auth
  const between = () => {
    const deals = service.table('deals')
    const [from] = deals.rows().filter((row) => row['LifeCycleStatusCode'] === '2')
    const to = { SalesCyclePhaseCode: '099', SalesCyclePhaseCodeText: 'Signing', LifeCycleStatusCode: '2' }
    deals.upsert(String(from?.['ObjectID']), { ...to, SalesCyclePhaseStartDate: `/Date(${now})/` })
  }
  return {
    service,
    between,
    yaml: `{ connector: sap, url: '${service.url}', auth: { user: ${user}, password: ${password} } }`,
  }
}

async function startZoho(): Promise<Started> {
  const service = await startFakeZoho({ now: () => now, sales })
  const { clientId, clientSecret, refreshToken } = service.oauth
  const auth = `{ clientId: ${clientId}, clientSecret: ${clientSecret}, refreshToken: ${refreshToken} }`
  return { service, yaml: `{ connector: zoho, url: '${service.url}', auth: ${auth}, invoices: true }` }
}

async function startMegaplan(): Promise<Started> {
  const service = await startFakeMegaplan({ now: () => now, sales })
  const { user, password } = service.auth
  return {
    service,
    yaml: `{ connector: megaplan, url: '${service.url}', auth: { user: ${user}, password: ${password} } }`,
  }
}

async function startElma365(): Promise<Started> {
  const service = await startFakeElma365({ now: () => now, sales })
  const more = `auth: { token: ${service.token} }, lists: { groups: ${service.groups}, tasks: app/_clients/_tasks/list, lines: app/_clients/_positions/list }`
  return { service, yaml: `{ connector: elma365, url: '${service.url}', ${more} }` }
}

async function startSuite(): Promise<Started> {
  const service = await startFakeSuite({ now: () => now, sales })
  const { clientId, clientSecret } = service.client
  const auth = `{ clientId: ${clientId}, clientSecret: ${clientSecret} }`
  return { service, yaml: `{ connector: suitecrm, url: '${service.url}', api: legacy/Api, auth: ${auth} }` }
}

async function startSugar(): Promise<Started> {
  const service = await startFakeSugar({ now: () => now, sales })
  const { user, password } = service.auth
  return {
    service,
    yaml: `{ connector: sugarcrm, url: '${service.url}', auth: { user: ${user}, password: ${password} } }`,
  }
}

async function startSapCrm(): Promise<Started> {
  const service = await startFakeSapCrm({ now: () => now, sales })
  const { user, password } = service.auth
  const more = `client: '${service.client}', auth: { user: ${user}, password: ${password} }, lists: { tasks: CRM_TASK/Tasks, lines: ZCRM_OPPORTUNITY_SRV/Items, leads: ZCRM_LEAD_SRV/Leads }`
  return { service, yaml: `{ connector: sap_crm, url: '${service.url}', ${more} }` }
}

// One company whose branches have one CRM each, with the same deals; what a CRM can't say is a rule of embut.yaml.
beforeAll(async () => {
  const started = await Promise.all(
    Object.entries(SERVICES).map(async ([name, { start }]) => ({ name, ...(await start()) })),
  )
  const file = join(folder, 'embut.yaml')
  writeFileSync(
    file,
    `company: { name: Nordwind, timezone: Europe/Berlin, currency: EUR, locale: en-GB, country: DE }
sources:
${started.map(({ name, yaml }) => `  ${name}: ${yaml}`).join('\n')}
rules:
  stageMeanings:
${['onec', 'elma365'].flatMap(meaningsOf).join('\n')}
`,
  )
  const config = loadConfig(file, {})
  const workspace = await openWorkspace(workspaceOptions(config, {}))
  const links = recordLinks(config.sources, connectorsOf(workspace))
  patterns = new Map(
    links.flatMap(({ source, entity, pattern }) => (entity === 'deals' ? [[source, String(pattern)]] : [])),
  )
  const sync = () =>
    syncSources({
      ...{ config, workspace, now: () => new Date(now) },
      sleep: (milliseconds) => {
        now += milliseconds
        return Promise.resolve()
      },
    })
  expect((await sync()).failures).toEqual([])
  now += 3_600_000
  for (const { between } of started) between?.()
  expect((await sync()).failures).toEqual([])
  await workspace.close()
  await Promise.all(started.map(({ service }) => service.close()))
  const files = { raw: join(config.dataDir, 'raw.duckdb'), marts, work }
  const wanted = [
    '+fct_deals',
    '+fct_leads',
    '+fct_requests',
    '+fct_stage_events',
    '+fct_calls',
    '+fct_activities',
    '+fct_deal_lines',
    '+int_deal_marks__unioned',
    'dim_manager',
    'dim_product',
  ]
  // Keys are checked by the nodes themselves; the other tests run with every build.
  await dbtBuild({ ...files, target: join(folder, 'target') }, [
    ...['--select', ...wanted, '--exclude-resource-type', 'unit_test', 'test'],
    ...['--vars', JSON.stringify({ connectors: CONNECTORS })],
  ])
}, 600_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Rules for a CRM that can't say what its stages mean. */
function meaningsOf(source: string): readonly string[] {
  const meanings = {
    Won: 'won',
    Renewed: 'won',
    Lost: 'lost',
    'Cancelled by us': 'lost',
    'Not renewed': 'lost',
  }
  return Object.entries(meanings).map(
    ([stage, meaning]) => `    - { source: ${source}, stage: ${stage}, meaning: ${meaning} }`,
  )
}

const numbers = async (sql: string): Promise<readonly number[]> => {
  const rows = await withWarehouse(marts, { readOnly: true }, (connection) => connection.query(sql))
  return Object.values(rows[0] ?? {}).map(Number)
}

const won = sales.deals.filter(({ pipeline, steps }) => {
  const last = pipeline.stages[steps.at(-1)?.stage ?? 0]
  return last?.semantics === 'S'
})
const amount = sales.deals.reduce((sum, { money }) => sum + money.amount, 0) / 100

/** What addresses name where it isn't the id of the API: the id of 1C in its own order, the number of SAP. */
const ADDRESSED: Readonly<Record<string, (id: string) => string>> = {
  onec: (id) => {
    const [a, b, c, d, e] = id.split('-')
    return `${d}${e}${c}${b}${a}`
  },
  sap: (id) => String(1000 + Number.parseInt(id.slice(-12), 16)),
}

describe.each(CONNECTORS)('the deals of %s in the marts', (origin) => {
  test('are all there, to the cent, with the outcome of their stage', async () => {
    const sql = `select count(*), count(*) filter (is_won), sum(amount) from fct_deals where origin = '${origin}'`
    expect(await numbers(sql)).toEqual([sales.deals.length, won.length, amount])
  })

  test('have their owner, department, source and client', async () => {
    const known = sales.deals.filter(({ client, contact }) => client?.company ?? contact).length
    const [owned, placed, sourced, clients] = await numbers(
      `select count(*) filter (owner_id <> 'unknown'), count(*) filter (department_id <> 'unknown'),
         count(*) filter (source_id is not null and source_id <> 'unknown'),
         count(*) filter (client_id is not null and client_id <> 'unknown')
       from fct_deals where origin = '${origin}'`,
    )
    expect([owned, placed, clients]).toEqual([sales.deals.length, sales.deals.length, known])
    expect(sourced).toBeGreaterThan(0)
  })

  test('have an address in their CRM', async () => {
    const deals = await withWarehouse(marts, { readOnly: true }, (connection) =>
      connection.query(`select source_deal_id, source_url from fct_deals where origin = '${origin}'`),
    )
    const idOf = ADDRESSED[origin] ?? String
    const strays = deals.filter(
      ({ source_url: url, source_deal_id: id }) =>
        url !== patterns.get(origin)?.replace('{id}', idOf(String(id))),
    )
    expect(strays).toEqual([])
  })

  test('have their moves between stages', async () => {
    const { moves } = SERVICES[origin as Name]
    expect(await numbers(`select count(*) from fct_stage_events where deal_id like '${origin}:%'`)).toEqual([
      moves,
    ])
  })

  test('have their calls and activities', async () => {
    const service: Expected = SERVICES[origin as Name]
    const { calls } = service
    expect(await numbers(`select count(*) from fct_calls where origin = '${origin}'`)).toEqual([calls])
    const activities = await numbers(`select count(*) from fct_activities where origin = '${origin}'`)
    expect(activities).toEqual([service.activities ?? sales.activities.length])
  })
})

test.each(['suitecrm', 'sugarcrm'])('the deals of %s are in the currency that they name', async (origin) => {
  const foreign = sales.deals.filter(({ id }) => id % 3 === 0).length
  const sql = `select count(*) filter (currency = 'USD'), count(*) filter (currency = 'EUR') from fct_deals where origin = '${origin}'`
  expect(await numbers(sql)).toEqual([foreign, sales.deals.length - foreign])
})

test.each(['creatio', 'dynamics', 'sugarcrm', 'suitecrm', 'zoho'])(
  'the deals of %s have the marks of the campaign that they came by',
  async (origin) => {
    const rows = await withWarehouse(work, { readOnly: true }, (connection) =>
      connection.query(
        `select utm_source, utm_medium, count(*)::integer as deals from intermediate.int_deal_marks__unioned
         where deal_id like '${origin}:%' group by all order by all`,
      ),
    )
    const marked = sales.deals.flatMap(({ source }) => (source.utm === null ? [] : [source.utm.join(' ')]))
    const counted = [...Map.groupBy(marked, (each) => each)].map(([each, all]) => `${each} ${all.length}`)
    expect(rows.map((row) => Object.values(row).join(' '))).toEqual(counted.toSorted())
  },
)

leadSuite(sales, numbers)

const origins = (has: (expected: Expected) => boolean) =>
  Object.entries<Expected>(SERVICES).flatMap(([origin, expected]) => (has(expected) ? [origin] : []))

test.each(origins(({ hasLines }) => hasLines === true))(
  'lines of the deals of %s are all there, and a deal is of the product of its largest',
  async (origin) => {
    const lines = linesOf(sales)
    const sql = `select count(*), sum(amount) from fct_deal_lines where origin = '${origin}'`
    expect(await numbers(sql)).toEqual([lines.length, amount])
    const products = await withWarehouse(marts, { readOnly: true }, (connection) =>
      connection.query(
        `select source_deal_id, product_name from fct_deals inner join dim_product using (product_id)
         where origin = '${origin}' order by deal_id`,
      ),
    )
    expect(Map.groupBy(products, (row) => String(row['product_name']).toLowerCase()).size).toBe(
      new Set(sales.deals.map(({ productName }) => productName.toLowerCase())).size,
    )
    expect(products).toHaveLength(sales.deals.length)
  },
)

test.each(origins(({ payments }) => payments !== undefined))(
  'what was paid for the deals of %s is there, to the cent',
  async (origin) => {
    const isWhole = SERVICES[origin as 'dynamics'].payments === 'paid or not'
    const paid = invoicesOf(sales).map((each) => (isWhole && each.paid < each.amount ? 0 : each.paid))
    const sql = `select count(amount_paid), sum(amount_paid) from fct_deals where origin = '${origin}'`
    expect(await numbers(sql)).toEqual([
      paid.length,
      Math.round(paid.reduce((sum, each) => sum + each, 0) * 100) / 100,
    ])
  },
)

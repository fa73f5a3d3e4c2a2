import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig, type Config } from '#config'
import {
  createSales,
  HUBSPOT_ACCOUNT,
  invoicesOf,
  linesOf,
  OWN_FIELDS,
  ownValuesOf,
  requestsOf,
  startFakeAmo,
  startFakeComagic,
  startFakeGoogleAds,
  startFakeHubspot,
  startFakeMatomo,
  startFakeSalesforce,
  type FakeAmo,
  type FakeComagic,
  type FakeGoogleAds,
  type FakeHubspot,
  type FakeMatomo,
  type FakeSalesforce,
} from '#demo'
import { syncSources } from '#ingest'
import { withWarehouse } from '#warehouse'
import { openWorkspace, workspaceOptions, type Workspace } from '#workspace'
import { createVisits } from '../../demo/marketing/visits.ts'
import { dbtBuild } from '../models/dbt-build.ts'

const SINCE = '2026-10-01'
const START = Date.parse('2026-11-21T08:00:00Z')
const sales = createSales()
const folder = mkdtempSync(join(tmpdir(), 'embut-branches-'))
let now = START
let amo: FakeAmo
let comagic: FakeComagic
let hubspot: FakeHubspot
let salesforce: FakeSalesforce
let matomo: FakeMatomo
let ads: FakeGoogleAds
let config: Config
let workspace: Workspace
const marts = join(folder, 'marts.duckdb')
const work = join(folder, 'work.duckdb')

// One company with branches on amoCRM, HubSpot and Salesforce, the telephone system, the site and the advertising of all.
beforeAll(async () => {
  amo = await startFakeAmo({ now: () => now, sales })
  comagic = await startFakeComagic({ now: () => now, sales, perMinute: 10_000 })
  hubspot = await startFakeHubspot({ now: () => now, sales })
  salesforce = await startFakeSalesforce({ now: () => now, sales })
  matomo = await startFakeMatomo({ sales, firstDay: SINCE })
  ads = await startFakeGoogleAds({ now: () => now, sales, firstDay: SINCE })
  const file = join(folder, 'embut.yaml')
  writeFileSync(
    file,
    `company: { name: Nordwind, timezone: Europe/Berlin, currency: EUR, locale: en-GB, country: DE }
rates: [{ currency: USD, date: 2020-01-01, rate: '1' }]
sources:
  sales: { connector: amocrm, url: '${amo.url}', auth: { token: '${amo.token}' } }
  hub: { connector: hubspot, url: '${hubspot.url}', auth: { token: '${hubspot.token}' }, invoices: true, emails: true }
  force:
    connector: salesforce
    url: '${salesforce.url}'
    auth: { clientId: demo.app, clientSecret: demo-secret, refreshToken: demo-refresh-0 }
  phones: { connector: comagic, url: '${comagic.url}', auth: { token: '${comagic.token}' } }
  site: { connector: matomo, url: '${matomo.url}', site: ${matomo.site}, auth: { token: '${matomo.token}' }, since: ${SINCE} }
  ads:
    connector: google_ads
    url: '${ads.url}'
    customer: ${ads.customer}
    since: ${SINCE}
    auth:
      clientId: ${ads.client.clientId}
      clientSecret: ${ads.client.clientSecret}
      refreshToken: ${ads.client.refreshToken}
      tokenUrl: '${ads.url}/token'
      developerToken: ${ads.developerToken}
customFields:
${['Where it stands', 'Came with it', 'Square metres'].flatMap(tickedOf).join('\n')}
`,
  )
  config = loadConfig(file, {})
  workspace = await openWorkspace(workspaceOptions(config, {}))
  const { failures } = await syncSources({
    ...{ config, workspace, now: () => new Date(now) },
    sleep: (milliseconds) => {
      now += milliseconds
      return Promise.resolve()
    },
  })
  expect(failures).toEqual([])
  const files = { raw: join(config.dataDir, 'raw.duckdb'), marts, work }
  const wanted = [
    '+fct_deals',
    '+fct_stage_events',
    '+fct_calls',
    '+fct_activities',
    '+dim_client_record',
    'dim_manager',
    '+fct_touches',
    '+fct_marketing',
    '+fct_leads',
    '+fct_data_quality',
    '+fct_custom_values',
  ]
  await dbtBuild({ ...files, target: join(folder, 'target') }, [
    ...['--select', ...wanted, '--indirect-selection', 'cautious', '--exclude-resource-type', 'unit_test'],
    ...[
      '--vars',
      JSON.stringify({ connectors: [...new Set(config.sources.map(({ connector }) => connector))] }),
    ],
  ])
}, 300_000)

/** A field that two branches have, each by its own name for it, as one of the reports. */
function tickedOf(label: string, index: number): readonly string[] {
  const { name = '' } = OWN_FIELDS[index] ?? {}
  const type = name === 'area' ? 'number' : 'list'
  const fields = { hub: `nordwind_${name}`, force: `Nordwind_${name}__c` }
  return Object.entries(fields).map(
    ([source, field]) =>
      `  - { source: ${source}, entity: deals, field: ${field}, label: ${label}, type: ${type} }`,
  )
}

afterAll(async () => {
  await workspace.close()
  await amo.close()
  await comagic.close()
  await hubspot.close()
  await salesforce.close()
  await matomo.close()
  await ads.close()
  rmSync(folder, { recursive: true, force: true })
})

const lines = async (sql: string, file = marts): Promise<readonly string[]> => {
  const rows = await withWarehouse(file, { readOnly: true }, (connection) => connection.query(sql))
  return rows.map((row) => Object.values(row).map(String).join('|'))
}

test('every deal is there with the outcome that its stage has', async () => {
  const won = sales.deals.filter(({ pipeline, steps }) => {
    const last = pipeline.stages[steps.at(-1)?.stage ?? 0]
    return last?.semantics === 'S'
  })
  expect(
    await lines(`select origin, count(*), count(*) filter (is_won) from fct_deals group by all order by all`),
  ).toEqual(['force', 'hub', 'sales'].map((origin) => `${origin}|${sales.deals.length}|${won.length}`))
})

test('every deal has its address in its CRM', async () => {
  const account = `https://${HUBSPOT_ACCOUNT.uiDomain}/contacts/${HUBSPOT_ACCOUNT.portalId}/record`
  expect(
    await lines(
      `select origin, count(*) from fct_deals where source_url = case origin
         when 'force' then '${salesforce.url}/lightning/r/Opportunity/' || source_deal_id || '/view'
         when 'hub' then '${account}/0-3/' || source_deal_id
         when 'sales' then '${amo.url}/leads/detail/' || source_deal_id end
       group by all order by all`,
    ),
  ).toEqual(['force', 'hub', 'sales'].map((origin) => `${origin}|${sales.deals.length}`))
})

test('a deal of Salesforce is in its own currency, and says why it was lost', async () => {
  const foreign = sales.deals.filter(({ id }) => id % 7 === 0).length
  const reasons = sales.deals.filter(({ lostReason }) => lostReason !== null).length
  expect(
    await lines(
      `select count(*) filter (currency = 'USD'), count(lost_reason) from fct_deals where origin = 'force'`,
    ),
  ).toEqual([`${foreign}|${reasons}`])
})

test('a lead of Salesforce became its deal, came to nothing or is open, and has the marks of its campaign', async () => {
  const known = Map.groupBy(requestsOf(sales), ({ outcome }) => outcome)
  const marked = requestsOf(sales).filter(({ deal }) => deal.source.utm !== null).length
  expect(
    await lines(`select outcome, count(*), count(deal_id), count(*) filter (ended_at is not null)
      from fct_leads group by all order by all`),
  ).toEqual(
    (['converted', 'lost', 'open'] as const).map((outcome) => {
      const count = known.get(outcome)?.length ?? 0
      return [outcome, count, outcome === 'converted' ? count : 0, outcome === 'open' ? 0 : count].join('|')
    }),
  )
  expect(await lines(`select count(utm_medium) from fct_leads`)).toEqual([String(marked)])
})

test('a deal has the marks of the campaign that its lead, or its CRM, tells of', async () => {
  const cpc = sales.deals.filter(({ source }) => source.utm?.[1] === 'cpc').length
  expect(
    await lines(
      `select split_part(deal_id, ':', 1) as origin, count(*) from intermediate.int_deal_marks__unioned
       where channel in ('Google Ads', 'Other advertising') group by all order by all`,
      work,
    ),
  ).toEqual(['force', 'hub', 'sales'].map((origin) => `${origin}|${cpc}`))
})

test('every move between stages is there, and the first stage of every deal', async () => {
  const stays = sales.deals.reduce((sum, { steps }) => sum + steps.length, 0)
  const [force, hub, amoEvents] = await lines(
    `select count(*) from fct_stage_events group by split_part(deal_id, ':', 1) order by split_part(deal_id, ':', 1)`,
  )
  expect([force, hub].map(Number)).toEqual([stays, stays])
  // Two lost stages of the company are one in amoCRM, and a stay in the same stage is one stay.
  expect(Number(amoEvents)).toBeGreaterThan(stays * 0.98)
  expect(Number(amoEvents)).toBeLessThanOrEqual(stays)
})

test('a client of all branches is one client', async () => {
  const [both] = await lines(`select count(*) from (
    select client_id from dim_client_record where client_type = 'company'
    group by client_id having count(distinct origin) = 3)`)
  const companies = sales.clients.filter(({ company }) => company !== null)
  expect(Number(both)).toBeGreaterThan(companies.length * 0.9)
})

test('a call of the telephone system belongs to the client of the CRM, however the number is written', async () => {
  const owners = Map.groupBy(
    sales.clients.flatMap((client) => client.contacts.map((contact) => ({ client, phone: contact.phone }))),
    ({ phone }) => `+49${phone}`,
  )
  const isOneClients = (phone: string) => new Set(owners.get(phone)?.map(({ client }) => client)).size === 1
  const known = sales.calls.filter(({ phone }) => isOneClients(phone))
  const [joined] = await lines(
    `select count(*) from fct_calls where origin = 'phones' and client_id is not null and client_id <> 'unknown'`,
  )
  expect(known.length).toBeGreaterThan(1000)
  expect(Number(joined)).toBeGreaterThanOrEqual(known.length)
})

test('the same person in all systems is one manager', async () => {
  const [twice] = await lines(`select count(*) from dim_manager where manager_name = 'Anna Keller'`)
  expect(twice).toBe('1')
})

test('meetings, mails and notes of HubSpot are activities of their deal, and a mail that came or went is done', async () => {
  const { activities, deals } = sales
  const of = (type: string) =>
    activities.flatMap((each, index) => (each.kind.type === type ? [{ each, index }] : []))
  const [visits, mails] = [of('1'), of('4')]
  const done = (each: { readonly doneAt: number | null }) => each.doneAt !== null
  const incoming = mails.filter(({ index }) => index % 3 === 0)
  const sent = mails.filter(({ each, index }) => index % 3 !== 0 && done(each))
  const notes = deals.filter(({ id }) => id % 10 === 0).length
  expect(
    await lines(
      `select kind, count(*), count(deal_id), count(*) filter (is_completed),
        count(*) filter (direction = 'in') from intermediate.int_activities__matched
      where origin = 'hub' and kind <> 'task' group by kind order by kind`,
      work,
    ),
  ).toEqual([
    `email|${mails.length}|${mails.length}|${incoming.length + sent.length}|${incoming.length}`,
    `meeting|${visits.length}|${visits.length}|${visits.filter(({ each }) => done(each)).length}|0`,
    `note|${notes}|${notes}|${notes}|0`,
  ])
})

test('what deals are made of is there, and what was paid for them', async () => {
  const made = linesOf(sales)
  expect(
    await lines(
      `select origin, count(*) from intermediate.int_deal_lines__unioned group by all order by all`,
      work,
    ),
  ).toEqual(['force', 'hub', 'sales'].map((origin) => `${origin}|${made.length}`))
  const invoices = invoicesOf(sales)
  const whole = invoices.filter(({ paid, amount }) => paid >= amount)
  const sum = (paid: readonly number[]) => paid.reduce((total, each) => total + each, 0).toFixed(2)
  // amoCRM does not keep how much of an invoice was paid.
  expect(
    await lines(
      `select origin, count(amount_paid), sum(amount_paid), count(paid_at) from fct_deals
       where amount_paid is not null group by all order by all`,
    ),
  ).toEqual([
    `hub|${invoices.length}|${sum(invoices.map(({ paid }) => paid))}|${whole.length}`,
    `sales|${invoices.length}|${sum(whole.map(({ paid }) => paid))}|${whole.length}`,
  ])
})

test('a client bought every product of its won deals, the smaller ones beside others too', async () => {
  const won = new Set(invoicesOf(sales).map(({ deal }) => deal.id))
  const extra = linesOf(sales).find(
    ({ deal, quantity }) => quantity === 2 && won.has(deal.id) && deal.client?.company,
  )
  const [found] = await lines(
    `select products_bought from dim_client_record where origin = 'force'
     and client_record_id = 'force:company:001' || lpad('${extra?.deal.client?.company?.id}', 15, '0')`,
  )
  expect(found).toContain('Wallbox 11')
})

test('a click on an advertisement joins the deal that it led to', async () => {
  const clicks = createVisits(sales, SINCE).filter(({ deal }) => deal?.source.id === 'ADVERTISING')
  const found = await lines(
    `select deal_id from fct_touches where origin = 'site' and matched_by = 'click' order by all`,
  )
  expect(found).toEqual(clicks.map(({ deal }) => `sales:${deal?.id}`).sort())
})

// What the generator knows, beside what the warehouse reports.
const clientsOf = Map.groupBy(
  sales.clients.flatMap((client) => [
    ...client.contacts.flatMap(({ phone }) => (phone === null ? [] : [{ client, phone }])),
    ...(client.company === null ? [] : [{ client, phone: client.company.phone }]),
  ]),
  ({ phone }) => `+49${phone}`,
)
const countOf = (phone: string) => new Set(clientsOf.get(phone)?.map(({ client }) => client)).size

test('calls of nobody are those with numbers that no client has for itself', async () => {
  const orphans = sales.calls.filter(({ phone }) => countOf(phone) !== 1)
  const [found] = await lines(
    `select count(*) from fct_calls where origin = 'phones' and client_id = 'unknown'`,
  )
  expect(found).toBe(String(orphans.length))
  const [told, counted] = await lines(
    `select sum(found_rows) from fct_data_quality where check_name = 'call_without_client' union all
     select count(*) from fct_calls where client_id = 'unknown'`,
  )
  expect(told).toBe(counted)
})

test('deals without a client are told of, branch by branch', async () => {
  const without = sales.deals.filter(({ client, contact }) => client === null && contact === null)
  expect(
    await lines(
      `select origin, sum(found_rows) from fct_data_quality where check_name = 'deal_without_client' group by all order by all`,
    ),
  ).toEqual(['force', 'hub', 'sales'].map((origin) => `${origin}|${without.length}`))
})

test('who was entered twice is one client, and a number of many clients joins nobody', async () => {
  const twice = sales.clients.filter(
    ({ company, contacts: [first, second] }) =>
      company === null && second !== undefined && countOf(`+49${first?.phone}`) === 1,
  )
  expect(twice.length).toBeGreaterThan(0)
  for (const { contacts } of twice) {
    const ids = contacts.map(({ id }) => `'hub:contact:${id}'`).join()
    expect(
      await lines(
        `select count(distinct client_id) from dim_client_record where client_record_id in (${ids})`,
      ),
    ).toEqual(['1'])
  }
  const shared = [...clientsOf].filter(([phone]) => countOf(phone) > 1)
  const [found] = await lines(
    `select count(*) from fct_data_quality where check_name = 'client_possible_duplicate' and record_key like 'phone:%'`,
  )
  expect(found).toBe(String(shared.length))
})

test.each(['hub', 'force'])(
  'fields that the company added to deals of %s are told, by their names',
  async (source) => {
    const rows = await withWarehouse(marts, { readOnly: true }, (connection) =>
      connection.query(
        `select field_key, text_value, number_value::double as number_value, count(*)::integer as times
       from fct_custom_values where origin = '${source}' and is_fit group by all`,
      ),
    )
    const told = rows.map(({ field_key: key, text_value: text, number_value: number, times }) =>
      [key, text ?? number, times].join(' '),
    )
    const named = sales.deals.flatMap((deal) => {
      const { roof, extras, area } = ownValuesOf(deal)
      const nameOf = (field: number, value: string) => OWN_FIELDS[field]?.values[value] ?? ''
      return [
        ...(roof === null ? [] : [`custom_where_it_stands ${nameOf(0, roof)}`]),
        ...(extras.length === 0
          ? []
          : [`custom_came_with_it ${extras.map((each) => nameOf(1, each)).join(', ')}`]),
        ...(area === null ? [] : [`custom_square_metres ${area}`]),
      ]
    })
    const counted = [...Map.groupBy(named, (each) => each)].map(([each, all]) => `${each} ${all.length}`)
    expect(told.toSorted()).toEqual(counted.toSorted())
  },
)

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '#config'
import * as demo from '#demo'
import { syncSources } from '#ingest'
import { withWarehouse } from '#warehouse'
import { openWorkspace, workspaceOptions } from '#workspace'
import { createAdDays } from '../../demo/marketing/ads.ts'
import { createVisits } from '../../demo/marketing/visits.ts'
import { dbtBuild } from '../models/dbt-build.ts'

const START = Date.parse('2026-11-21T08:00:00Z')
const SINCE = '2026-10-01'
const sales = demo.createSales()
const folder = mkdtempSync(join(tmpdir(), 'embut-advertising-'))
const marts = join(folder, 'marts.duckdb')
let now = START

async function startAll() {
  const more = { now: () => now, sales, firstDay: SINCE }
  return {
    amo: await demo.startFakeAmo({ now: () => now, sales }),
    direct: await demo.startFakeDirect(more),
    ads: await demo.startFakeGoogleAds(more),
    meta: await demo.startFakeMeta(more),
    metrica: await demo.startFakeMetrica({ sales, firstDay: SINCE }),
    matomo: await demo.startFakeMatomo({ sales, firstDay: SINCE }),
    analytics: await demo.startFakeAnalytics(more),
    letters: await demo.startFakeMailchimp({ sales }),
  }
}

function configOf({
  amo,
  direct,
  ads,
  meta,
  metrica,
  matomo,
  analytics,
  letters,
}: Awaited<ReturnType<typeof startAll>>) {
  const google = (url: string) =>
    `clientId: ${ads.client.clientId}, clientSecret: ${ads.client.clientSecret}, refreshToken: ${ads.client.refreshToken}, tokenUrl: '${url}/token'`
  return `company: { name: Nordwind, timezone: Europe/Berlin, currency: EUR, locale: en-GB, country: DE }
sources:
  sales: { connector: amocrm, url: '${amo.url}', auth: { token: '${amo.token}' } }
  direct: { connector: yandex_direct, url: '${direct.url}', auth: { token: '${direct.token}' }, since: ${SINCE} }
  ads: { connector: google_ads, url: '${ads.url}', customer: ${ads.customer}, since: ${SINCE}, auth: { ${google(ads.url)}, developerToken: ${ads.developerToken} } }
  meta: { connector: meta_ads, url: '${meta.url}', account: ${meta.account}, auth: { token: '${meta.token}' }, since: ${SINCE} }
  site: { connector: yandex_metrica, url: '${metrica.url}', counter: ${metrica.counter}, auth: { token: '${metrica.token}' }, since: ${SINCE} }
  stats: { connector: matomo, url: '${matomo.url}', site: ${matomo.site}, auth: { token: '${matomo.token}' }, since: ${SINCE} }
  web: { connector: google_analytics, url: '${analytics.url}', property: ${analytics.property}, since: ${SINCE}, auth: { ${google(analytics.url)} } }
  letters: { connector: mailchimp, url: '${letters.url}', auth: { key: '${letters.key}' }, since: 2023-11-01 }
`
}

let fakes: Awaited<ReturnType<typeof startAll>>

// One company with a CRM and all its advertising, synced and built once for all tests here.
beforeAll(async () => {
  fakes = await startAll()
  const file = join(folder, 'embut.yaml')
  writeFileSync(file, configOf(fakes))
  const config = loadConfig(file, {})
  const workspace = await openWorkspace(workspaceOptions(config, {}))
  const sleep = (milliseconds: number) => {
    now += milliseconds
    return Promise.resolve()
  }
  const { failures } = await syncSources({ config, workspace, now: () => new Date(now), sleep })
  await workspace.close()
  expect(failures).toEqual([])
  const connectors = config.sources.map(({ connector }) => connector)
  const files = { raw: join(config.dataDir, 'raw.duckdb'), marts, work: join(folder, 'work.duckdb') }
  await dbtBuild({ ...files, target: join(folder, 'target') }, [
    ...[
      '--select',
      '+fct_marketing',
      'assert_marketing_equals_its_facts',
      '--exclude-resource-type',
      'unit_test',
    ],
    ...['--indirect-selection', 'cautious', '--vars', JSON.stringify({ connectors })],
  ])
}, 300_000)

afterAll(async () => {
  await Promise.all(Object.values(fakes).map((fake) => fake.close()))
  rmSync(folder, { recursive: true, force: true })
})

const lines = async (sql: string): Promise<readonly string[]> => {
  const rows = await withWarehouse(marts, { readOnly: true }, (connection) => connection.query(sql))
  return rows.map((row) => Object.values(row).map(String).join('|'))
}

const days = [...createAdDays(sales, SINCE)]
const cents = days.reduce((sum, ad) => sum + ad.cents, 0)

test('what every service says was spent is there once, to the cent', async () => {
  // Google's campaign without keywords brings a tenth more, in whole clicks and cents of each day.
  const display = [...Map.groupBy(days, ({ day }) => day).values()].map((ads) =>
    Math.round(ads.reduce((sum, ad) => sum + ad.cents, 0) * 0.1),
  )
  const google = cents + display.reduce((sum, each) => sum + each, 0)
  const euros = (value: number) => (value / 100).toFixed(4)
  expect(
    await lines(
      `select channel, sum(cost_company) from fct_marketing where kind = 'cost' group by all order by all`,
    ),
  ).toEqual([
    'Email|null',
    `Google Ads|${euros(google)}`,
    `Meta Ads|${euros(cents)}`,
    `Yandex.Direct|${euros(cents)}`,
  ])
})

test('spend goes down to its keyword, and what has none stands with its campaign', async () => {
  const [rest] = await lines(
    `select count(*) from fct_ad_costs where origin = 'ads' and keyword is null and campaign <> 'Display'`,
  )
  expect(rest).toBe('0')
  expect(
    await lines(`select distinct campaign from fct_ad_costs where channel = 'Google Ads' order by all`),
  ).toEqual(['Display', 'Solar for homes', 'Wallboxes'])
})

test('visits are counted as each counter saw them', async () => {
  const [today] = ['2026-11-21']
  const seen = createVisits(sales, SINCE).filter(({ at }) => sales.world.clock.day(at) < today)
  expect(
    await lines(
      `select origin, sum(visits) from fct_marketing where kind = 'visits' group by all order by all`,
    ),
  ).toEqual([`site|${seen.length}`, `stats|${seen.length}`, `web|${seen.length}`])
})

test('deals stand beside the spend of their channel', async () => {
  const bought = sales.deals.filter(({ source }) => source.id === 'ADVERTISING').length
  const [found] = await lines(`select count(deal_id) from fct_marketing where channel = 'Google Ads'`)
  expect(Number(found)).toBe(bought)
})

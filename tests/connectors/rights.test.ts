import { afterEach, expect, test } from 'vitest'
import type { SourceConfig } from '#config'
import {
  createSales,
  startFakeAmo,
  startFakeDynamics,
  startFakeHubspot,
  startFakeSalesforce,
  startFakeSugar,
  startFakeSuite,
  startFakeZoho,
} from '#demo'
import { amocrm } from '../../ingest/connectors/amocrm/index.ts'
import { dynamics } from '../../ingest/connectors/dynamics/index.ts'
import { hubspot } from '../../ingest/connectors/hubspot/index.ts'
import { salesforce } from '../../ingest/connectors/salesforce/index.ts'
import { sugarcrm } from '../../ingest/connectors/sugarcrm/index.ts'
import { suitecrm } from '../../ingest/connectors/suitecrm/index.ts'
import { zoho } from '../../ingest/connectors/zoho/index.ts'
import type { Connector } from '../../ingest/connector.ts'
import { rightsFlags, rightsOfSession } from '../../ingest/rights.ts'
import { COMPANY, makeProject } from '../ingest/project.ts'
import { json, madeUp, PLAIN } from './made-up.ts'
import { testConfig } from './service-remote.ts'
import { createBench } from './test-context.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const sales = createSales()
const bench = createBench(testConfig())
const QUIET = { debug: () => undefined }

async function rightsAt(connector: Connector, source: SourceConfig) {
  const session = await connector.open(bench.context(source))
  closers.push(() => session.close())
  return rightsOfSession(session, QUIET)
}

test('services say whose rights a token carries', async () => {
  const options = { now: () => bench.now(), sales }
  const [amo, hub, force] = [
    await startFakeAmo(options),
    await startFakeHubspot(options),
    await startFakeSalesforce(options),
  ]
  closers.push(amo.close, hub.close, force.close)
  const { url, token } = amo
  const full = { isFull: true, lacks: [] }
  expect(await rightsAt(amocrm, { name: 'a', connector: 'amocrm', url, auth: { token } })).toEqual({
    ...full,
    who: 'Helene Nordmann',
  })
  const hubSource = { name: 'h', connector: 'hubspot', url: hub.url, auth: { token: hub.token } } as const
  expect(await rightsAt(hubspot, hubSource)).toEqual({ ...full, who: 'private app 4711' })
  const forceSource = {
    name: 's',
    connector: 'salesforce',
    url: force.url,
    apiVersion: '62.0',
    auth: force.oauth,
  } as const
  expect(await rightsAt(salesforce, forceSource)).toEqual({ ...full, who: 'Ada Vogel' })
})

test('a user who is no administrator, and a role that sees one unit alone, are told of', async () => {
  const options = { now: () => bench.now(), sales }
  const [zohoFake, sugar, suite, crm] = [
    await startFakeZoho(options),
    await startFakeSugar(options),
    await startFakeSuite(options),
    await startFakeDynamics(options),
  ]
  closers.push(zohoFake.close, sugar.close, suite.close, crm.close)
  const ofZoho = { name: 'z', connector: 'zoho', url: zohoFake.url, auth: zohoFake.oauth } as const
  expect(await rightsAt(zoho, ofZoho)).toEqual({ who: 'Ada Vogel', isFull: false, lacks: [] })
  const ofSugar: SourceConfig = {
    ...{ name: 's', connector: 'sugarcrm', url: sugar.url, apiVersion: 'v11_20', platform: 'embut' },
    auth: { ...sugar.auth, clientId: 'sugar', clientSecret: '' },
  }
  expect(await rightsAt(sugarcrm, ofSugar)).toEqual({ who: 'Ada Vogel', isFull: true, lacks: [] })
  const { clientId, clientSecret } = suite.client
  const ofSuite: SourceConfig = {
    ...{ name: 'e', connector: 'suitecrm', url: suite.url, api: 'legacy/Api' },
    auth: { clientId, clientSecret },
  }
  expect(await rightsAt(suitecrm, ofSuite)).toEqual({ who: 'Ada Vogel', isFull: false, lacks: [] })
  const ofDynamics = { name: 'd', connector: 'dynamics', url: crm.url, auth: crm.auth } as const
  const lacks = ['prvReadContact']
  expect(await rightsAt(dynamics, ofDynamics)).toEqual({ who: '# Embut', isFull: true, lacks })
})

const DEFINITION = `${PLAIN}
rights:
  ask: [{ path: me }]
  who: ['{{ answers.0.name }}']
  full: { value: '{{ answers.0.admin }}', is: ['true'] }
  allowed: { list: answers.0.scopes, needs: [deals, calls] }
streams: [{ name: deals, key: [id], columns: { id: id }, request: { path: x }, select: rows, page: { type: single },
  cursor: { type: everything }, deletes: { type: none, reason: made up } }]`

const served = (me: Response) =>
  madeUp(DEFINITION, ({ url }) => (url.pathname.endsWith('me') ? me.clone() : json({ rows: [{ id: 1 }] })))

test('with less than full rights every load of the source says so', async () => {
  const { connector, context } = served(json({ name: 'Anna Berg', admin: false, scopes: ['deals'] }))
  const project = makeProject(
    `${COMPANY}sources: { crm: { connector: bitrix24, url: http://made.up, auth: { webhook: 1/x } } }`,
  )
  closers.push(project.dispose)
  await project.sync({ connectors: [connector], fetch: context.fetch })
  expect(await project.rows('select flags::varchar as flags from raw_embut.loads')).toEqual([
    { flags: '["rights: read as Anna Berg, who does not see everything, without the rights calls"]' },
  ])
})

test('a service that does not tell is read all the same, and nothing is said of it', async () => {
  const { connector, context } = served(json({ error: 'no such page' }, { status: 404 }))
  const rights = await rightsOfSession(await connector.open(context), QUIET)
  expect(rights).toBeNull()
  expect(rightsFlags(rights)).toEqual([])
})

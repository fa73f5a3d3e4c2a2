import { afterEach, expect, test } from 'vitest'
import { UserError, type SourceConfig } from '#config'
import { createSales, startFakeAnalytics, startFakeSalesforce } from '#demo'
import { googleAnalytics } from '../../ingest/connectors/google_analytics/index.ts'
import { salesforce } from '../../ingest/connectors/salesforce/index.ts'
import type { Connector, ConnectorContext } from '../../ingest/connector.ts'
import { createServiceAccount } from '../../demo/service/service-account.ts'
import { testConfig } from './service-remote.ts'
import { createBench } from './test-context.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const sales = createSales()

async function analytics() {
  const bench = createBench(testConfig())
  const fake = await startFakeAnalytics({ now: () => bench.now(), sales, firstDay: '2026-10-20' })
  closers.push(fake.close)
  const { url, property, account } = fake
  const source = (privateKey = account.privateKey): SourceConfig => ({
    ...{ name: 'web', connector: 'google_analytics', url, property, since: '2026-11-01' },
    auth: { clientEmail: account.name, privateKey, tokenUrl: `${url}/token` },
  })
  return {
    bench,
    fake,
    source,
    rows: (given = source()) => rowsOf(googleAnalytics, 'sessions', bench.context(given)),
  }
}

async function rowsOf(connector: Connector, stream: string, context: ConnectorContext): Promise<number> {
  const session = await connector.open(context)
  closers.push(() => session.close())
  const found = session.streams.find(({ name }) => name === stream)
  if (found === undefined) throw new RangeError(stream)
  let rows = 0
  for await (const message of session.read(found, null))
    if (message.kind === 'records') rows += message.batch.numRows
  return rows
}

test('a service account of Google signs for its tokens, and again when they expire', async () => {
  const { bench, fake, rows } = await analytics()
  const first = await rows()
  expect(first).toBeGreaterThan(0)
  bench.wait(2)
  expect(await rows()).toBe(first)
  fake.limits.page = 12
  fake.faults.expireTokenEvery = 3
  expect(await rows()).toBe(first)
})

test('a key from a file, with its line breaks written out, is read', async () => {
  const { fake, rows, source } = await analytics()
  expect(await rows(source(fake.account.privateKey.replaceAll('\n', String.raw`\n`)))).toBeGreaterThan(0)
})

test('the key of another account is refused by the service, and one that is none before it is asked', async () => {
  const { bench, rows, source } = await analytics()
  const stranger = createServiceAccount(() => bench.now(), 'stranger')
  await expect(rows(source(stranger.privateKey))).rejects.toThrow(
    'Source web gave no new access token (HTTP 400). Check the user, the secret and their rights in embut.yaml.',
  )
  const asked = bench.requests()
  const broken = rows(source('-----BEGIN PRIVATE KEY-----'))
  await expect(broken).rejects.toThrow(UserError)
  await expect(broken).rejects.toThrow(/^Source web: auth\.privateKey can't be read as a private key/)
  expect(bench.requests()).toBe(asked)
})

test('a connected app of Salesforce signs for its user', async () => {
  const bench = createBench(testConfig())
  const fake = await startFakeSalesforce({ now: () => bench.now(), sales })
  closers.push(fake.close)
  const { name: clientId, privateKey, user } = fake.account
  const source = (login: string): SourceConfig => ({
    ...{ name: 'crm', connector: 'salesforce', url: fake.url, apiVersion: '62.0' },
    auth: { clientId, privateKey, user: login, audience: 'https://login.salesforce.com' },
  })
  expect(await rowsOf(salesforce, 'deals', bench.context(source(user)))).toBeGreaterThan(0)
  bench.secrets.clear()
  await expect(rowsOf(salesforce, 'deals', bench.context(source('eve@nordwind.test')))).rejects.toThrow(
    /HTTP 400/,
  )
})

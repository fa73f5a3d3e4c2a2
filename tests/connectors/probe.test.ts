import { expect, test } from 'vitest'
import { createSales, OWN_FIELDS, startFakeSalesforce } from '#demo'
import { probeSource, type StreamProbe } from '#ingest'
import { openWorkspace, workspaceOptions } from '#workspace'
import { COMPANY, makeProject } from '../ingest/project.ts'

const sales = createSales()

async function probesOf(counts: boolean): Promise<ReadonlyMap<string, StreamProbe>> {
  const crm = await startFakeSalesforce({ now: () => Date.now(), sales })
  const { clientId, clientSecret, refreshToken } = crm.oauth
  const auth = `{ clientId: ${clientId}, clientSecret: ${clientSecret}, refreshToken: ${refreshToken} }`
  const project = makeProject(
    `${COMPANY}sources: { crm: { connector: salesforce, url: '${crm.url}', auth: ${auth} } }`,
  )
  const config = project.config()
  const workspace = await openWorkspace(workspaceOptions(config, {}))
  try {
    const probes = new Map<string, StreamProbe>()
    for await (const probe of probeSource({ config, workspace, source: 'crm', counts }))
      probes.set(probe.stream, probe)
    return probes
  } finally {
    await workspace.close()
    await crm.close()
    project.dispose()
  }
}

test('records are counted to the end where that takes few requests, and own fields have their labels', async () => {
  const probes = await probesOf(true)
  expect(probes.get('deals')).toMatchObject({ rows: sales.deals.length, isWhole: true, problem: null })
  const history = probes.get('stage_history')
  expect(history?.isWhole).toBe(history?.rows === sales.deals.flatMap(({ steps }) => steps).length)
  const labels = probes.get('fields')?.ownFields.map(({ label }) => label)
  expect(labels).toEqual(expect.arrayContaining(OWN_FIELDS.map(({ label }) => label)))
})

test('a first look reads one page', async () => {
  const probes = await probesOf(false)
  expect(probes.get('deals')?.isWhole).toBe(false)
  expect(probes.get('deals')?.rows).toBeLessThan(sales.deals.length)
})

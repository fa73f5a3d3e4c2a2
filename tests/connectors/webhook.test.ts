import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectorsOf, retryQuarantine } from '#ingest'
import { receiveHook } from '#ingest/control'
import { openWorkspace, workspaceOptions } from '#workspace'
import type { Workspace } from '#workspace'
import { makeSourceProject } from './source-project.ts'
import type { SourceProject } from './source-project.ts'

const SECRET = 'a-secret-nobody-guesses'
const SOURCE = `connector: webhook
secret: ${SECRET}
events:
  - { when: { type: lead }, entity: deals, columns: { deal_id: id, title: title, amount: total, contact: person.phone, created_at: _received_at } }
  - { when: { type: lead }, entity: contacts, columns: { contact_id: person.phone, name: person.name, phone: person.phone } }
  - { when: { type: call }, entity: calls, columns: { call_id: _body_hash, phone: from, started_at: at } }`

let project: SourceProject
let workspace: Workspace
beforeEach(async () => {
  project = makeSourceProject(SOURCE)
  workspace = await openWorkspace(workspaceOptions(project.config(), {}))
})
afterEach(async () => {
  await workspace.close()
  project.dispose()
})

const sign = (body: string) => `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
const NOW = new Date('2026-02-10T09:00:00Z')

/** Sends a body as the source's own program would. */
function send(body: unknown, change: Partial<Parameters<typeof receiveHook>[1]> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return receiveHook(
    { config: project.config(), workspace, now: () => NOW },
    {
      source: 'crm',
      body: Buffer.from(text),
      contentType: 'application/json',
      signature: sign(text),
      bearer: undefined,
      ...change,
    },
  )
}
const LEAD = {
  type: 'lead',
  id: 7,
  title: 'From the site',
  total: 1500.5,
  person: { name: 'Ann', phone: '+34911234567' },
}

test('an event lands in each entity that it fills, and a second time changes nothing', async () => {
  expect(await send(LEAD)).toMatchObject({ status: 202 })
  expect(await send([{ type: 'call', from: '+34911234567', at: '2026-02-10T12:00:00+03:00' }])).toMatchObject(
    { status: 202 },
  )
  const { failures } = await project.sync()
  expect(failures).toEqual([])
  expect(await project.deals('deal_id, title, amount, contact, created_at')).toEqual([
    {
      deal_id: '7',
      title: 'From the site',
      amount: '1500.5000',
      contact: '+34911234567',
      created_at: '2026-02-10 09:00:00',
    },
  ])
  expect(await project.rows('select name, phone from all_files.contacts')).toEqual([
    { name: 'Ann', phone: '+34911234567' },
  ])
  expect(await project.rows('select phone, started_at from all_files.calls')).toEqual([
    { phone: '+34911234567', started_at: '2026-02-10 09:00:00' },
  ])
  await send({ ...LEAD, title: 'Corrected' })
  await send({ ...LEAD, title: 'Corrected' })
  await project.sync()
  expect(await project.deals('deal_id, title')).toEqual([{ deal_id: '7', title: 'Corrected' }])
})

test('what was read leaves the inbox, and only after every entity has it', async () => {
  await send(LEAD)
  const inbox = join(project.config().dataDir, 'spool', 'crm')
  const { inboxFiles } = await import('../../ingest/webhook.ts')
  await expect(
    project.sync({
      progress: ({ stream }) => {
        if (stream === 'contacts') throw new Error('killed')
      },
    }),
  ).rejects.toThrow('killed')
  expect(await inboxFiles(inbox)).toHaveLength(1)
  await project.sync()
  await project.sync()
  expect(await inboxFiles(inbox)).toHaveLength(0)
  expect(await project.rows('select count(*) as n from all_files.contacts')).toEqual([{ n: '1' }])
})

test('a form is taken like JSON, with a bearer token where a program can not sign', async () => {
  const form = 'type=lead&id=8&title=%D0%9F%D0%B8%D0%BB%D0%BE%D1%82'
  const change = { contentType: 'application/x-www-form-urlencoded', signature: undefined, bearer: SECRET }
  expect(await send(form, change)).toMatchObject({ status: 202 })
  await project.sync()
  expect(await project.deals('deal_id, title')).toEqual([{ deal_id: '8', title: 'Пилот' }])
})

test('what is not signed with the secret is not kept', async () => {
  expect(await send(LEAD, { signature: undefined })).toMatchObject({ status: 401 })
  expect(await send(LEAD, { signature: sign('other') })).toMatchObject({ status: 401 })
  expect(await send(LEAD, { signature: undefined, bearer: 'wrong' })).toMatchObject({ status: 401 })
  expect(await send('no json')).toMatchObject({ status: 400 })
  expect(await send(LEAD, { source: 'other' })).toMatchObject({ status: 404 })
  await project.sync()
  expect(await project.deals('deal_id')).toEqual([])
})

test('one sync is asked for, however many events come before it begins', async () => {
  await send(LEAD)
  await send(LEAD)
  expect(await workspace.jobs.list({ status: 'queued' })).toMatchObject([
    { kind: 'hook', payload: { sources: ['crm'] } },
  ])
})

test('events that embut.yaml knows nothing of are counted, and a field that does not fit goes to quarantine', async () => {
  await send({ type: 'other' })
  await send({ ...LEAD, total: 'free' })
  const { loads } = await project.sync()
  expect(loads.find(({ stream }) => stream === 'deals')).toMatchObject({
    rowsQuarantined: 1,
    flags: ['events of no kind that embut.yaml knows: 1'],
  })
})

test('what could not be used is tried again as it came, for the entity that could not use it, once the mapping is mended', async () => {
  const open = () =>
    project.rows('select entity, reason from raw_embut.quarantine where resolved_at is null order by all')
  const retry = async () => {
    const connectors = connectorsOf(workspace).filter(({ kind }) => kind !== 'workspace')
    const { failures } = await retryQuarantine({ config: project.config(), workspace, connectors })
    expect(failures).toEqual([])
  }
  await send({ ...LEAD, total: 'free', worth: 12.5 })
  await project.sync()
  await send({ type: 'lead', id: 8, total: 1, person: { ...LEAD.person, name: 'Ann Smith' } })
  await project.sync()
  const unusable = [{ entity: 'deals', reason: 'Not a number' }]
  expect(await open()).toEqual(unusable)
  await retry()
  expect(await open(), 'nothing was mended').toEqual(unusable)
  project.configure(SOURCE.replace('amount: total', 'amount: worth'))
  await retry()
  expect(await open()).toEqual([])
  expect(await project.deals('deal_id, amount, created_at')).toEqual([
    { deal_id: '7', amount: '12.5000', created_at: '2026-02-10 09:00:00' },
    { deal_id: '8', amount: '1.0000', created_at: '2026-02-10 09:00:00' },
  ])
  expect(await project.rows('select name from all_files.contacts'), 'what came later stays').toEqual([
    { name: 'Ann Smith' },
  ])
})

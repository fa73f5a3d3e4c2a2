import { Field, Schema, Utf8 } from 'apache-arrow'
import { afterEach, expect, test } from 'vitest'
import type { Connector, Stream } from '#ingest'
import { retryQuarantine } from '#ingest'
import { openWorkspace, workspaceOptions } from '#workspace'
import { textBatch } from '../../ingest/text-batch.ts'
import { COMPANY, makeProject, type Project } from './project.ts'

const YAML = `${COMPANY}
sources:
  crm: { connector: bitrix24, url: 'https://crm.example', auth: { webhook: secret } }
`
const LEADS: Stream = {
  name: 'leads',
  key: ['id'],
  schema: new Schema([
    new Field('id', new Utf8(), true, new Map([['duckdb', 'BIGINT']])),
    new Field('amount', new Utf8(), true, new Map([['duckdb', 'DECIMAL(18,4)']])),
  ]),
  tracksDeletes: false,
}

const BAD = { id: '2', amount: 'plenty' }
const REJECTED = { row: BAD, column: 'amount', value: 'plenty', reason: 'Not a number' }

/** An API that gives its two records once, and again only to who asks from the beginning. */
function api(isMended: () => boolean): Connector {
  return {
    kind: 'bitrix24',
    streams: [LEADS],
    open: async () => ({
      streams: [LEADS],
      async *read(_, cursor) {
        const good = { id: '1', amount: '5' }
        const rows = isMended() ? [good, { ...BAD, amount: '7.5' }] : [good]
        const rejected = isMended() ? [] : [REJECTED]
        const batch = textBatch(LEADS.schema, rows)
        if (cursor === null) yield { kind: 'records', batch, cursor: { all: true }, rejected }
        yield { kind: 'done', cursor: { all: true } }
      },
      close: async () => {},
    }),
  }
}

let project: Project
afterEach(() => project.dispose())

test('a record that an API gave in an unusable form is asked for again, and leaves quarantine when it can be used', async () => {
  project = makeProject(YAML)
  let isMended = false
  const connectors = [api(() => isMended)]
  const open = () => project.rows('select count(*) as n from raw_embut.quarantine where resolved_at is null')
  await project.sync({ connectors })
  expect(await open()).toEqual([{ n: '1' }])
  isMended = true
  await project.sync({ connectors })
  expect(await open(), 'an ordinary sync asks for what is new only').toEqual([{ n: '1' }])

  const workspace = await openWorkspace(workspaceOptions(project.config(), {}))
  await retryQuarantine({ config: project.config(), workspace, connectors })
  await workspace.close()
  expect(await open()).toEqual([{ n: '0' }])
  expect(await project.rows('select id, amount from raw_crm.leads order by id')).toEqual([
    { id: '1', amount: '5.0000' },
    { id: '2', amount: '7.5000' },
  ])
})

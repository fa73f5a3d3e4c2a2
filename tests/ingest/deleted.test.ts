import { Field, Schema, Utf8 } from 'apache-arrow'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connector, Stream, StreamMessage } from '../../ingest/connector.ts'
import { textBatch } from '../../ingest/text-batch.ts'
import { COMPANY, makeProject, type Project } from './project.ts'

const THINGS: Stream = {
  name: 'things',
  key: ['id'],
  schema: new Schema([new Field('id', new Utf8(), true), new Field('name', new Utf8(), true)]),
  tracksDeletes: true,
}

const came = (id: string, name: string, cursor: object): StreamMessage => ({
  ...{ kind: 'records', batch: textBatch(THINGS.schema, [{ id, name }]) },
  cursor: { ...cursor },
})
const went = (id: string): StreamMessage => ({
  ...{ kind: 'deleted', batch: textBatch(THINGS.schema.select(['id']), [{ id }]), cursor: {} },
})

/** A source that says these things, one after the other. */
const saying = (messages: readonly StreamMessage[]): Connector => ({
  kind: 'bitrix24',
  streams: [THINGS],
  open: () =>
    Promise.resolve({
      streams: [THINGS],
      async *read() {
        yield* messages
        yield { kind: 'done', cursor: {} }
      },
      close: () => Promise.resolve(),
    }),
})

let project: Project
beforeEach(() => {
  project = makeProject(
    `${COMPANY}sources: { crm: { connector: bitrix24, url: http://made.up, auth: { webhook: 1/x } } }`,
  )
})
afterEach(() => project.dispose())

const sync = (...messages: readonly StreamMessage[]) => project.sync({ connectors: [saying(messages)] })
const things = () => project.rows('select id, name, _deleted as gone from raw_crm.things order by id')
const history = (id: string) =>
  project.rows(
    `select name, _op as op from raw_crm.things__history where id = '${id}' order by _load_id, _deleted`,
  )

test('what a source says is gone stays as deleted, with the moment in its history', async () => {
  await sync(came('1', 'Ana', {}), came('2', 'Berta', {}))
  const { loads } = await sync(went('1'), went('3'))
  expect(loads).toMatchObject([{ rowsDeleted: 1, rowsInserted: 0, rowsUpdated: 0 }])
  expect(await things()).toEqual([
    { id: '1', name: 'Ana', gone: true },
    { id: '2', name: 'Berta', gone: false },
  ])
  expect(await history('1')).toEqual([
    { name: 'Ana', op: 'insert' },
    { name: 'Ana', op: 'delete' },
  ])
  await sync(went('1'))
  expect(await history('1')).toHaveLength(2)
})

test('what comes again after it went is there, what went after it came is not', async () => {
  await sync(came('1', 'Ana', {}))
  await sync(went('1'), came('1', 'Ana back', {}), came('2', 'Berta', {}), went('2'))
  expect(await things()).toEqual([
    { id: '1', name: 'Ana back', gone: false },
    { id: '2', name: 'Berta', gone: true },
  ])
  expect(await history('2')).toEqual([
    { name: 'Berta', op: 'insert' },
    { name: 'Berta', op: 'delete' },
  ])
})

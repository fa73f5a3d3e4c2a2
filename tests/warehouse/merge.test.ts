import {
  Bool,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import type { DataType } from 'apache-arrow'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureRawCatalog, mergeLoad, openWarehouse, replaceUnionViews, stageLoad } from '#warehouse'
import type { Connection, LedgerLine, Load, RawStream, Warehouse } from '#warehouse'

let warehouse: Warehouse
let connection: Connection
beforeEach(async () => {
  warehouse = await openWarehouse(':memory:')
  connection = await warehouse.connect()
  await ensureRawCatalog(connection, CONNECTORS)
})
afterEach(() => warehouse.close())

const text = (name: string, duckdb = 'VARCHAR') =>
  new Field(name, new Utf8(), true, new Map([['duckdb', duckdb]]))
const DEALS: RawStream = {
  name: 'deals',
  key: ['id'],
  schema: new Schema([
    text('id', 'BIGINT'),
    text('title'),
    text('amount', 'DECIMAL(18,4)'),
    text('seen_at', 'TIMESTAMP'),
  ]),
}
const CONNECTORS = [{ kind: 'crm', streams: [DEALS], sources: ['a', 'b'] }]

type Cells = Readonly<Record<string, unknown>>

function batch(rows: readonly Cells[], fields: readonly Field[] = DEALS.schema.fields): RecordBatch {
  const schema = new Schema([...fields])
  const children = fields.map((field) =>
    columnData(
      field.type,
      rows.map((row) => row[field.name] ?? null),
    ),
  )
  return new RecordBatch(schema, makeData({ type: new Struct([...fields]), length: rows.length, children }))
}

function columnData(type: DataType, values: readonly unknown[]) {
  const [data] = vectorFromArray(values, type).data
  if (data === undefined) throw new Error('no data')
  return data
}

async function* streamed<T>(items: readonly T[]) {
  yield* items
}

async function merge(
  load: Partial<Load> & { batches?: readonly RecordBatch[] },
  source = 'a',
): Promise<LedgerLine> {
  const staged = await stageLoad(
    connection,
    {
      stream: DEALS,
      inputs: load.batches === undefined ? [] : [{ kind: 'arrow', batches: load.batches }],
      rejected: [],
      presentKeys: null,
      cursor: {},
      spoolSequence: 1,
      startedAt: new Date('2026-01-01T00:00:00Z'),
      bytes: 0,
      flags: [],
      ...load,
    },
    0,
  )
  return connection.transaction(() =>
    mergeLoad(connection, staged, { source, now: new Date('2026-01-01T00:00:01Z') }),
  )
}

test('casts texts to the declared types, times to naive UTC', async () => {
  await merge({
    batches: [batch([{ id: '7', title: 'x', amount: '1.5', seen_at: '2024-01-01T10:00:00+03:00' }])],
  })
  expect(
    await connection.query('select id, title, amount, seen_at, _extra, _deleted from raw_a.deals'),
  ).toEqual([
    { id: '7', title: 'x', amount: '1.5000', seen_at: '2024-01-01 07:00:00', _extra: null, _deleted: false },
  ])
})

test('a value that does not fit is kept in _extra, and its row still lands', async () => {
  await merge({ batches: [batch([{ id: '7', amount: 'plenty', seen_at: 'soon' }])] })
  expect(
    await connection.query('select id, amount, seen_at, _extra::varchar as extra from raw_a.deals'),
  ).toEqual([{ id: '7', amount: null, seen_at: null, extra: '{"amount":"plenty","seen_at":"soon"}' }])
})

test('a row without a usable key goes to quarantine', async () => {
  const line = await merge({ batches: [batch([{ id: null, title: 'x' }, { id: 'seven' }, { id: '7' }])] })
  expect(line).toMatchObject({ rowsRead: 3, rowsInserted: 1, rowsQuarantined: 2 })
  expect(await connection.query(`select "value", reason from raw_embut.quarantine order by reason`)).toEqual([
    { value: 'seven', reason: 'The key id does not fit BIGINT' },
    { value: null, reason: 'The key id is empty' },
  ])
})

test('a row rejected by its connector goes to quarantine once however often it comes', async () => {
  const rejected = [{ row: { id: 1, what: 'x' }, reason: 'not a deal', column: 'what' }]
  await merge({ rejected })
  await merge({ rejected })
  expect(await connection.query(`select "row"::varchar as "row", reason from raw_embut.quarantine`)).toEqual([
    { row: '{"id":1,"what":"x"}', reason: 'not a deal' },
  ])
  await merge({ batches: [batch([{ id: '1' }])] })
  expect(await connection.query('select resolved_at is null as open from raw_embut.quarantine')).toEqual([
    { open: false },
  ])
})

test('a merge without a key is refused', async () => {
  await expect(merge({ stream: { ...DEALS, key: [] } })).rejects.toThrow(/Stream deals has no key/)
})

test('columns that a source adds are added to the table, its history and the union view', async () => {
  await merge({ batches: [batch([{ id: '1' }])] }, 'b')
  const wide = [
    ...DEALS.schema.fields,
    new Field('score', new Float64(), true),
    new Field('hot', new Bool(), true),
  ]
  const line = await merge({
    batches: [batch([{ id: '1' }]), batch([{ id: '2', score: 1.5, hot: true }], wide)],
  })
  expect(line.flags).toEqual(['new column score', 'new column hot'])
  await replaceUnionViews(connection, CONNECTORS)
  expect(
    await connection.query('select source_name, id, score, hot from all_crm.deals order by all'),
  ).toEqual([
    { source_name: 'a', id: '1', score: null, hot: null },
    { source_name: 'a', id: '2', score: 1.5, hot: true },
    { source_name: 'b', id: '1', score: null, hot: null },
  ])
  expect(await connection.query('select count(score) as n from all_crm.deals__history')).toEqual([{ n: '1' }])
})

test('takes Arrow times, numbers and booleans as they are', async () => {
  const fields = [
    text('id', 'BIGINT'),
    new Field('n', new Int32(), true),
    new Field('when', new TimestampMicrosecond(), true),
  ]
  await merge({ batches: [batch([{ id: '1', n: 5, when: new Date('2024-03-31T10:00:00.123Z') }], fields)] })
  expect(await connection.query('select n, "when" from raw_a.deals')).toEqual([
    { n: 5, when: '2024-03-31 10:00:00.123' },
  ])
})

test('keys that the source no longer lists are marked deleted, and an empty list is not believed', async () => {
  await merge({ batches: [batch([{ id: '1' }, { id: '2' }, { id: '3' }])] })
  const keys = (ids: readonly string[]) =>
    batch(
      ids.map((id) => ({ id })),
      [text('id', 'BIGINT')],
    )
  const empty = await merge({ presentKeys: { batches: streamed([keys([])]), mayBeEmpty: false } })
  expect(empty).toMatchObject({ rowsDeleted: 0, flags: ['empty key list ignored'] })
  const line = await merge({
    batches: [batch([{ id: '4' }])],
    presentKeys: { batches: streamed([keys(['1']), keys(['3'])]), mayBeEmpty: false },
  })
  expect(line).toMatchObject({ rowsInserted: 1, rowsDeleted: 1 })
  expect(await connection.query('select id from raw_a.deals where _deleted')).toEqual([{ id: '2' }])
})

test('a merge that fails leaves nothing of itself', async () => {
  await merge({ batches: [batch([{ id: '1' }])] })
  const failing = connection.transaction(async () => {
    const staged = await stageLoad(
      connection,
      { ...EMPTY, inputs: [{ kind: 'arrow', batches: [batch([{ id: '2' }])] }] },
      0,
    )
    await mergeLoad(connection, staged, { source: 'a', now: new Date() })
    throw new Error('the power went')
  })
  await expect(failing).rejects.toThrow('the power went')
  expect(await connection.query('select id from raw_a.deals')).toEqual([{ id: '1' }])
  expect(await connection.query('select count(*) as n from raw_embut.loads')).toEqual([{ n: '1' }])
})

const EMPTY: Load = {
  stream: DEALS,
  inputs: [],
  rejected: [],
  presentKeys: null,
  cursor: {},
  spoolSequence: 1,
  startedAt: new Date(0),
  bytes: 0,
  flags: [],
}

test('any loads, however cut, leave the last version of each row, once, and history without a repeat', async () => {
  const row = fc.record({ id: fc.integer({ min: 1, max: 6 }), title: fc.constantFrom('a', 'b', null) })
  const loads = fc.array(fc.array(row, { maxLength: 8 }), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(loads, async (all) => {
      await connection.run('delete from raw_a.deals; delete from raw_a.deals__superseded')
      for (const rows of all) {
        await merge({ batches: [batch(rows.map(({ id, title }) => ({ id: String(id), title })))] })
      }
      const expected = new Map(all.flat().map(({ id, title }) => [String(id), title]))
      const landed = await connection.query('select id, title from raw_a.deals')
      expect(new Map(landed.map(({ id, title }) => [id, title]))).toEqual(expected)
      expect(landed).toHaveLength(expected.size)
      const repeats = await connection.query(
        `select 1 from (select title is not distinct from lag(title) over w and row_number() over w > 1 as same
           from raw_a.deals__history window w as (partition by id order by _load_id)) where same`,
      )
      expect(repeats).toEqual([])
    }),
    { numRuns: 25 },
  )
})

/** Lays out a table as earlier releases did: the present versions are in the history too. */
async function layOutAsBefore(): Promise<void> {
  await connection.run(
    `create table before as from raw_a.deals__history;
     drop view raw_a.deals__history;
     drop table raw_a.deals__superseded;
     create table raw_a.deals__history as from before;
     drop table before;
     alter table raw_a.deals drop column _op;
     delete from raw_embut.settings where name = 'catalog'`,
  )
}

test('history is the same when a file of an earlier release is opened, and goes on from there', async () => {
  const titled = (...titles: readonly (readonly [string, string])[]) =>
    batch(titles.map(([id, title]) => ({ id, title })))
  await merge({ batches: [titled(['1', 'a'], ['2', 'a'], ['3', 'a'])] })
  await merge({ batches: [titled(['1', 'b'])] })
  const gone = batch([{ id: '1' }, { id: '2' }], [text('id', 'BIGINT')])
  await merge({ batches: [titled(['4', 'a'])], tombstones: [{ rowsBefore: 1, batches: streamed([gone]) }] })
  const history = (view: string) =>
    connection.query(`select id, title, _load_id, _deleted, _op from ${view} order by all`)
  const before = await history('raw_a.deals__history')
  expect(before).toHaveLength(7)
  await layOutAsBefore()
  await ensureRawCatalog(connection, CONNECTORS)
  expect(await history('raw_a.deals__history')).toEqual(before)
  expect(await history('all_crm.deals__history')).toEqual(before)
  expect(await merge({ batches: [titled(['2', 'c'], ['3', 'a'])] })).toMatchObject({ rowsUpdated: 1 })
  expect(await history('raw_a.deals__history')).toEqual(
    [...before, { id: '2', title: 'c', _load_id: '4', _deleted: false, _op: 'update' }].sort(byIdAndTitle),
  )
})

function byIdAndTitle(left: Cells, right: Cells): number {
  const key = ({ id, title, _load_id: load }: Cells) => `${id} ${title} ${load}`
  return key(left).localeCompare(key(right))
}

import { Field, makeData, RecordBatch, Schema, Struct, Utf8, vectorFromArray } from 'apache-arrow'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureRawCatalog, mergeLoad, openWarehouse, stageLoad } from '#warehouse'
import type { Connection, LedgerLine, Load, RawStream, Warehouse } from '#warehouse'

const column = (name: string, duckdb: string) =>
  new Field(name, new Utf8(), true, new Map([['duckdb', duckdb]]))
const COSTS: RawStream = {
  name: 'costs',
  key: ['id'],
  schema: new Schema([column('id', 'VARCHAR'), column('day', 'DATE')]),
}

let warehouse: Warehouse
let connection: Connection
beforeEach(async () => {
  warehouse = await openWarehouse(':memory:')
  connection = await warehouse.connect()
  await ensureRawCatalog(connection, [{ kind: 'ads', streams: [COSTS], sources: ['a'] }])
})
afterEach(() => warehouse.close())

function batch(rows: readonly (readonly string[])[], fields: readonly Field[]): RecordBatch {
  const children = fields.map((_, index) => {
    const [data] = vectorFromArray(
      rows.map((row) => row[index] ?? null),
      new Utf8(),
    ).data
    if (data === undefined) throw new Error('no data')
    return data
  })
  const struct = makeData({ type: new Struct([...fields]), length: rows.length, children })
  return new RecordBatch(new Schema([...fields]), struct)
}

const rows = (...each: readonly (readonly [string, string])[]) => batch(each, COSTS.schema.fields)

async function* streamed<T>(items: readonly T[]) {
  yield* items
}

/** Days as a connector tells them: from, to, and the keys that they have now. */
type Days = readonly [from: string, to: string, ...keys: string[]]

async function merge(batches: readonly RecordBatch[], ...days: readonly Days[]): Promise<LedgerLine> {
  const restated: Load['restated'] = days.map(([from, to, ...keys]) => ({
    ...{ column: 'day', from, to },
    batches: streamed([
      batch(
        keys.map((key) => [key]),
        COSTS.schema.fields.slice(0, 1),
      ),
    ]),
  }))
  const inputs: Load['inputs'] = batches.length === 0 ? [] : [{ kind: 'arrow', batches }]
  const load: Load = {
    ...{ stream: COSTS, inputs, rejected: [], presentKeys: null, restated, cursor: {}, spoolSequence: 1 },
    ...{ startedAt: new Date(0), bytes: 0, flags: [] },
  }
  const staged = await stageLoad(connection, load, 0)
  return connection.transaction(() => mergeLoad(connection, staged, { source: 'a', now: new Date(0) }))
}

const deleted = async () =>
  (await connection.query('select id from raw_a.costs where _deleted order by id')).map(({ id }) => id)

beforeEach(() => merge([rows(['1', '2026-01-01'], ['2', '2026-01-02'], ['3', '2026-01-03'])]))

test('a row that its day no longer has becomes deleted, with its history; other days stay', async () => {
  const line = await merge([], ['2026-01-02', '2026-01-04', '3'])
  expect(await deleted()).toEqual(['2'])
  expect(line.rowsDeleted).toBe(1)
  expect(await connection.query(`select id from raw_a.costs__history where _op = 'delete'`)).toEqual([
    { id: '2' },
  ])
})

test('of days that were read twice in one load the last time counts', async () => {
  await merge([], ['2026-01-01', '2026-01-03', '1'], ['2026-01-02', '2026-01-04', '2'])
  expect(await deleted()).toEqual(['3'])
})

test('what came with the first reading and was gone at the second is deleted', async () => {
  const come = rows(['4', '2026-01-02'])
  await merge([come], ['2026-01-02', '2026-01-03', '2', '4'], ['2026-01-02', '2026-01-03', '2'])
  expect(await deleted()).toEqual(['4'])
})

test('a row that comes again is there again', async () => {
  await merge([], ['2026-01-02', '2026-01-03', 'other'])
  await merge([rows(['2', '2026-01-02'])], ['2026-01-02', '2026-01-03', '2'])
  expect(await deleted()).toEqual([])
})

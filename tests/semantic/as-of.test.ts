import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { parse } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ROLES, type CubeQuery, type Reader, type ViewMeta } from '#semantic'
import { withWarehouse } from '#warehouse'
import { openDatabase, type Database } from '../../semantic/database.ts'
import { visibleRows } from './access-rule.ts'
import { administrator, openFixture, openSemantic, reader, VERSION, type Fixture } from './harness.ts'
import { publishedFolder, publishFixture } from './marts-fixture.ts'
import { anyQuery, anyReader } from './random-query.ts'
import { difference } from './row-difference.ts'

const QUERIES = process.env['EMBUT_LONG'] === '1' ? 500 : 12
const SEED = Number(process.env['EMBUT_SEED'] ?? 20_260_331)
const TABLE = 'fct_deals_as_of'
const DAYS = ['2025-01-10', '2025-05-30', '2025-05-31', '2025-12-31', '2026-06-01']

let fixture: Fixture
let database: Database
let deals: ViewMeta

beforeAll(async () => {
  fixture = await openFixture({ seed: SEED }, 4)
  database = await openDatabase(fixture.file, 4)
  const found = (await fixture.semantic.meta(administrator)).find(({ name }) => name === 'deals_report')
  if (found === undefined) throw new Error('There is no view of deals')
  const members = found.members.filter(({ name }) => found.unknownAsOf?.includes(name) === false)
  deals = { ...found, members }
})
afterAll(async () => {
  await database.close()
  await fixture.semantic.close()
})

/** The same answer from plain SQL: what stood at the end of the day, of the rows that the rule gives this reader. */
async function expected(who: Reader, { asOf = '', ...query }: CubeQuery) {
  const { sql, params, columns } = await fixture.semantic.sql(administrator, query)
  const stood = `known_from_local < date '${asOf}' + 1 and known_to_local >= date '${asOf}' + 1`
  const rows = `(select * from main.${TABLE} where ${stood} and (${visibleRows(who, TABLE)})) AS "deals"`
  expect(sql.split('main.fct_deals AS "deals"')).toHaveLength(2)
  const found = await database.query(sql.replace('main.fct_deals AS "deals"', rows), params)
  return found.map((row) =>
    Object.fromEntries(columns.map(({ member, alias }) => [member, row[alias] ?? null])),
  )
}

async function shown(who: Reader, query: CubeQuery) {
  const { columns } = await fixture.semantic.sql(who, query)
  const { rows } = await fixture.semantic.load(who, { ...query, limit: 50_000 })
  return rows.map((row) => Object.fromEntries(columns.map(({ member }) => [member, row[member] ?? null])))
}

describe('a report as it stood on a day', () => {
  it.each(ROLES)(
    `gives a %s what the rule gives of that day, no more and no less (${QUERIES} queries, seed ${SEED})`,
    { timeout: QUERIES * 2_000 },
    async (role) => {
      let count = 0
      const any = fc.tuple(anyReader(role), anyQuery(deals, new Map()), fc.constantFrom(...DAYS))
      const check = async ([who, asked, asOf]: [Reader, CubeQuery, string]): Promise<void> => {
        const query = { ...asked, asOf }
        const [actual, wanted] = await Promise.all([shown(who, query), expected(who, query)])
        count += actual.length
        expect(difference(actual, wanted), JSON.stringify({ who, query })).toEqual({
          leaked: [],
          missing: [],
        })
      }
      await fc.assert(fc.asyncProperty(any, check), { seed: SEED, numRuns: QUERIES, endOnFailure: true })
      expect(count).toBeGreaterThan(0)
    },
  )

  it('has every field that the published file has the past of, and no other', async () => {
    const model = z.object({
      models: z.array(z.object({ name: z.string(), columns: z.array(z.object({ name: z.string() })) })),
    })
    const text = await readFile('models/marts/history/_history__models.yml', 'utf8')
    const mart = model.parse(parse(text)).models.find(({ name }) => name === TABLE)
    const kept = new Set(mart?.columns.map(({ name }) => name))
    const fixtures = await database.query(
      `select column_name from duckdb_columns() where table_name = '${TABLE}'`,
    )
    expect(fixtures.map((row) => String(row['column_name'])).filter((name) => !kept.has(name))).toEqual([])
    for (const { name, kind } of deals.members) {
      const query = kind === 'measure' ? { measures: [name] } : { dimensions: [name] }
      const { rows } = await fixture.semantic.load(administrator, { ...query, asOf: '2025-06-01' })
      expect(rows.length, name).toBeGreaterThan(0)
    }
  })

  it('says so in the passport', async () => {
    const query = { measures: ['deals_report.count'], asOf: '2025-06-01' }
    const { passport } = await fixture.semantic.load(administrator, query)
    expect(passport).toMatchObject({ asOf: '2025-06-01', filters: 'as it stood at the end of 2025-06-01' })
  })

  it('is refused, by name, for what nobody knows the past of', async () => {
    const asked = (query: CubeQuery) => fixture.semantic.load(administrator, { ...query, asOf: '2025-06-01' })
    await expect(asked({ measures: ['deals_report.margin'] })).rejects.toThrow('Margin is not known as of')
    const filters = [{ member: 'deals_report.paid_at', operator: 'set' as const }]
    await expect(asked({ measures: ['deals_report.count'], filters })).rejects.toThrow('Paid on is not known')
    await expect(asked({ measures: ['calls_report.count'] })).rejects.toThrow(
      "Calls can't be shown as it stood",
    )
    await expect(
      fixture.semantic.load(administrator, { measures: ['deals_report.count'], asOf: '2025-02-30' }),
    ).rejects.toThrow('not understood at asOf')
  })

  it('is no way to the cube itself', async () => {
    for (const who of ROLES.map((role) => reader(role)))
      await expect(fixture.semantic.load(who, { measures: ['deals_as_of.count'] })).rejects.toThrow(
        'There is no field "deals_as_of.count" that you may use',
      )
  })
})

/** Ann's target of May was set, raised and withdrawn; Bob's was set in April. */
const VERSIONS = `insert into fct_targets by name
  select 'v' || row_number() over () as target_id, 'won_amount' as metric, date '2025-05-01' as month_start, owner_id,
    'crm:d1' as department_id, value, if(owner_id = 'crm:p1', 100, value) as first_value, version, version = 0 as is_original, is_last as is_current, valid_from_local,
    valid_to_local, author
  from (values
    ('crm:p1', 100, 0, false, timestamp '2025-01-10 09:00', timestamp '2025-03-05 18:00', 'Eva'),
    ('crm:p1', 150, 1, false, timestamp '2025-03-05 18:00', timestamp '2025-05-01 00:00', 'Leo'),
    ('crm:p1', null, 2, true, timestamp '2025-05-01 00:00', timestamp '9999-12-31', 'Eva'),
    ('crm:p2', 40, 0, true, timestamp '2025-04-01 12:00', timestamp '9999-12-31', 'Eva')
  ) as v(owner_id, value, version, is_last, valid_from_local, valid_to_local, author)`

describe('the plan as it stood on a day', () => {
  it('has the version of each target that was in force at the end of it', async () => {
    const folder = await publishedFolder()
    const file = await publishFixture(folder, VERSION)
    await withWarehouse(file, {}, async (connection) => {
      await connection.run('delete from fct_targets')
      await connection.run(VERSIONS)
    })
    const semantic = await openSemantic(folder)
    const measures = ['current_value', 'original_value', 'revision'].map((name) => `plan_report.${name}`)
    const on = async (asOf: string, who = administrator) => {
      const { rows } = await semantic.load(who, { measures, asOf })
      return measures.map((name) => (rows[0]?.[name] == null ? null : Number(rows[0][name])))
    }
    expect(await on('2025-01-09')).toEqual([null, null, null])
    expect(await on('2025-01-10')).toEqual([100, 100, 0])
    expect(await on('2025-03-05')).toEqual([150, 100, 50])
    expect(await on('2025-04-01')).toEqual([190, 140, 50])
    expect(await on('2025-05-01')).toEqual([40, 140, -100])
    expect(await on('2025-04-01', reader('manager', { personId: 'crm:p2' }))).toEqual([40, 40, 0])
    const authors = { dimensions: ['plan_report.author'], asOf: '2025-03-31' }
    expect((await semantic.load(administrator, authors)).rows).toEqual([{ 'plan_report.author': 'Leo' }])
    await expect(
      semantic.load(administrator, { measures: ['plan_report.versions_count'], asOf: '2025-04-01' }),
    ).rejects.toThrow('Versions is not known as of')
    await semantic.close()
  })
})

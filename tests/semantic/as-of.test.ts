import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { parse } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseDefinition, refusalOf } from '#semantic/report'
import { ROLES, type CubeQuery, type Reader, type SemanticService, type ViewMeta } from '#semantic'
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
/** Answers from the facts alone: an aggregate holds nothing of what was known then. */
let facts: SemanticService
let deals: ViewMeta

beforeAll(async () => {
  fixture = await openFixture({ seed: SEED }, 4)
  database = await openDatabase(fixture.file, 4)
  facts = await openSemantic(fixture.folder, { routing: 'never' })
  const found = (await fixture.semantic.meta(administrator)).find(({ name }) => name === 'deals_report')
  if (found === undefined) throw new Error('There is no view of deals')
  const members = found.members.filter(({ name }) => found.unknownAsOf?.includes(name) === false)
  deals = { ...found, members }
})
afterAll(async () => {
  await facts.close()
  await database.close()
  await fixture.semantic.close()
})

/** The same answer from plain SQL: what stood at the end of the day, of the rows that the rule gives this reader. */
async function expected(who: Reader, { asOf = '', ...query }: CubeQuery) {
  const { sql, params, columns } = await facts.sql(administrator, query)
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
    const text = await readFile('models/marts/as_of/_as_of__models.yml', 'utf8')
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

  it('is offered by the designer for exactly the fields that the gate lets through', async () => {
    const views = (await fixture.semantic.meta(administrator)).filter(({ unknownAsOf }) => unknownAsOf)
    expect(views.map(({ name }) => name)).toContain('deals_report')
    for (const view of views) {
      const definition = parseDefinition({
        version: 1,
        reportType: view.name,
        options: { asOf: '2025-06-01' },
      })
      const isAsked = await Promise.all(
        view.members.map(({ name, kind }) => {
          const query = kind === 'measure' ? { measures: [name] } : { dimensions: [name] }
          return fixture.semantic.sql(administrator, { ...query, asOf: '2025-06-01' }).then(
            () => true,
            (error: unknown) => !String(error).includes('not known as of'),
          )
        }),
      )
      const isOffered = view.members.map((member) => {
        const shelf = member.kind === 'measure' ? 'values' : 'rows'
        return refusalOf({ definition, view }, member, shelf) === null
      })
      expect(isOffered, view.name).toEqual(isAsked)
      expect(isOffered.filter(Boolean).length, view.name).toBeGreaterThan(0)
    }
  })

  it('says so in the passport', async () => {
    const query = { measures: ['deals_report.count'], asOf: '2025-06-01' }
    const { passport } = await fixture.semantic.load(administrator, query)
    expect(passport).toMatchObject({
      asOf: '2025-06-01',
      filters: 'as it stood at the end of 2025-06-01; without excluded records',
    })
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

/** May as it went: Ann's deal got another amount, Bob's was won and reopened, Ann moved from d1 to d2. */
const MAY = [
  'delete from fct_targets',
  VERSIONS,
  `insert into fct_targets by name select 'd' as target_id, 'won_amount' as metric, date '2025-05-01' as month_start,
    'crm:d1' as department_id, 500 as value, 500 as first_value, 0 as version, true as is_original, true as is_current,
    timestamp '2025-02-01' as valid_from_local, timestamp '9999-12-31' as valid_to_local`,
  'delete from fct_deals_as_of',
  `insert into fct_deals_as_of by name select *, false as is_excluded, not is_won as is_open,
    if(is_won, null, date '2025-06-30') as expected_close_on from (values
    ('a', 'crm:p1', true, 60, timestamp '2025-05-10 12:00', timestamp '2025-05-10 12:05', timestamp '2025-05-20 09:00'),
    ('a', 'crm:p1', true, 80, timestamp '2025-05-10 12:00', timestamp '2025-05-20 09:00', timestamp '9999-12-31'),
    ('b', 'crm:p2', true, 30, timestamp '2025-05-11 12:00', timestamp '2025-05-12 23:59', timestamp '2025-05-15 00:00'),
    ('b', 'crm:p2', false, 30, null, timestamp '2025-05-15 00:00', timestamp '9999-12-31')
  ) as v(deal_id, owner_id, is_won, amount_company, won_at_local, known_from_local, known_to_local)`,
  'delete from fct_calls',
  `insert into fct_calls by name select 'c' || d as call_id, 'crm:p1' as owner_id, timestamp '2025-05-01 10:00' + to_days(d) as started_at_local
    from (values (8), (19)) as v(d)`,
  `update dim_manager_department set valid_to = timestamp '2025-05-18' where manager_id = 'crm:p1'`,
  `insert into dim_manager_department values ('crm:p1', 'crm:d2', timestamp '2025-05-18', null)`,
]

/** Department d1 works every day of May, and Bob is away on the first two. */
const EVERY_DAY = [
  `insert into dim_working_day select 'every day', date_day, month_start, true from dim_working_day
    where month_start = date '2025-05-01'`,
  `update dim_department set calendar_id = 'every day' where department_id = 'crm:d1'`,
  `insert into dim_absent_day select 'crm:p2', calendar_id, date_day, month_start from dim_working_day
    where date_day in (date '2025-05-01', date '2025-05-02')`,
]

describe('attainment as it stood on a day', () => {
  it('is paced on the days of the department, without those on which a person is away', async () => {
    const folder = await publishedFolder()
    const file = await publishFixture(folder, VERSION)
    await withWarehouse(file, {}, async (connection) => {
      for (const statement of [...MAY, ...EVERY_DAY]) await connection.run(statement)
    })
    const semantic = await openSemantic(folder)
    const { rows } = await semantic.load(administrator, {
      dimensions: ['targets_report.manager_id'],
      measures: ['targets_report.expected_value'],
      filters: [{ member: 'targets_report.metric', operator: 'equals', values: ['won_amount'] }],
      timeDimensions: [{ dimension: 'targets_report.month', dateRange: '2025-05-01' }],
      order: { 'targets_report.manager_id': 'asc' },
      asOf: '2025-05-12',
    })
    // Nine of Bob's 29 days are over of his 40, and eleven of the department's 31 of its other 460.
    expect(rows.map((row) => row['targets_report.expected_value'])).toEqual([null, '12.41', '163.23'])
    await semantic.close()
  })

  it('has the target in force and the result known at the end of it, and no row of anybody else', async () => {
    const folder = await publishedFolder()
    const file = await publishFixture(folder, VERSION)
    await withWarehouse(file, {}, async (connection) => {
      for (const statement of MAY) await connection.run(statement)
    })
    const semantic = await openSemantic(folder)
    const field = (name: string) => `targets_report.${name}`
    const on = async (asOf: string, who = administrator) => {
      const dimensions = ['metric', 'manager_id', 'department_id'].map(field)
      const values = ['target_value', 'original_value', 'actual_value', 'expected_value', 'gap_value'].map(
        field,
      )
      const timeDimensions = [{ dimension: field('month'), dateRange: '2025-05-01' }]
      const order = Object.fromEntries(dimensions.map((name) => [name, 'asc' as const]))
      const { rows } = await semantic.load(who, { dimensions, measures: values, timeDimensions, order, asOf })
      return rows.map((row) =>
        [...dimensions.map((name) => row[name]), ...values.map((name) => row[name] ?? '–').map(plain)].join(
          ' ',
        ),
      )
    }
    expect(await on('2025-04-30')).toEqual([
      'won_amount crm:p1 crm:d1 150 100 0 0 150',
      'won_amount crm:p2 crm:d1 40 40 0 0 40',
      'won_amount unknown crm:d1 310 360 0 0 310',
    ])
    // Of the 22 working days of May seven are over on the 12th, a Monday.
    const middle = [
      'calls crm:p1 crm:d1 – – 1 – 0',
      'won_amount crm:p1 crm:d1 – 100 60 – 0',
      'won_amount crm:p2 crm:d1 40 40 30 12.73 10',
      'won_amount unknown crm:d1 460 360 0 146.36 460',
      'won_count crm:p1 crm:d1 – – 1 – 0',
      'won_count crm:p2 crm:d1 – – 1 – 0',
    ]
    expect(await on('2025-05-12')).toEqual(middle)
    expect(await on('2025-05-12', reader('manager', { personId: 'crm:p2' }))).toEqual(
      middle.filter((row) => row.includes('crm:p2')),
    )
    expect(await on('2025-05-12', reader('head', { departmentIds: ['crm:d2'] }))).toEqual([])
    expect(await on('2025-05-20')).toEqual([
      'calls crm:p1 crm:d2 – – 2 – 0',
      'won_amount crm:p1 crm:d2 – 100 80 – 0',
      'won_amount crm:p2 crm:d1 40 40 0 23.64 40',
      'won_amount unknown crm:d1 460 460 0 271.82 460',
      'won_count crm:p1 crm:d2 – – 1 – 0',
    ])
    // Bob's deal, open again, is expected in June, for which he has no target.
    const june = { dimension: field('month'), dateRange: '2025-06-01' }
    const open = {
      measures: [field('open_value')],
      dimensions: [field('manager_id')],
      timeDimensions: [june],
    }
    expect((await semantic.load(administrator, { ...open, asOf: '2025-05-14' })).rows).toEqual([])
    expect((await semantic.load(administrator, { ...open, asOf: '2025-05-15' })).rows).toMatchObject([
      { [field('manager_id')]: 'crm:p2', [field('open_value')]: '30' },
    ])
    await semantic.close()
  })
})

function plain(value: unknown): string {
  return value === '–' ? '–' : String(Number(value))
}

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES, type CubeQuery, type Reader, type Row, type SemanticService, type ViewMeta } from '#semantic'
import { openDatabase, type Database } from '../../semantic/database.ts'
import { FACTS, visibleColumns, visibleRows } from './access-rule.ts'
import { administrator, openFixture, openSemantic, reader, type Fixture } from './harness.ts'
import { DEPARTMENTS, PEOPLE } from './marts-fixture.ts'
import { anyQuery, anyReader, type KnownValues } from './random-query.ts'
import { difference } from './row-difference.ts'

const QUERIES = process.env['EMBUT_LONG'] === '1' ? 2_000 : 150
const SEED = Number(process.env['EMBUT_SEED'] ?? 20_260_301)

let fixture: Fixture
let facts: SemanticService
let database: Database
let known: KnownValues

beforeAll(async () => {
  fixture = await openFixture({ seed: SEED }, 4)
  facts = await openSemantic(fixture.folder, { routing: 'never' })
  database = await openDatabase(fixture.file, 4)
  known = await knownValues(await fixture.semantic.meta(administrator))
})
afterAll(async () => {
  await database.close()
  await facts.close()
  await fixture.semantic.close()
})

async function knownValues(views: readonly ViewMeta[]): Promise<KnownValues> {
  const texts = views.flatMap(({ members }) =>
    members.filter(({ kind, type }) => kind === 'dimension' && type === 'string'),
  )
  const values = new Map<string, string[]>()
  for (const { name } of texts) values.set(name, await fixture.semantic.values(administrator, name, '', 20))
  return values
}

// The oracle: the administrator's SQL, which has no policy in it, on a fact that plain SQL has filtered.
async function allowedRows(who: Reader, viewName: string, query: CubeQuery): Promise<Row[]> {
  const { table, alias } = FACTS[viewName] ?? { table: '', alias: '' }
  const { sql, params, columns } = await facts.sql(administrator, query)
  const from = `main.${table} AS "${alias}"`
  expect(sql.split(from)).toHaveLength(2)
  const filtered = `(select ${visibleColumns(who, table)} from main.${table} where ${visibleRows(who, table)}) AS "${alias}"`
  const rows = await database.query(sql.replace(from, filtered), params)
  return rows.map((row) =>
    Object.fromEntries(columns.map(({ member, alias: column }) => [member, row[column] ?? null])),
  )
}

async function shownRows(who: Reader, query: CubeQuery): Promise<Row[]> {
  const { columns } = await fixture.semantic.sql(who, query)
  const { rows, isComplete } = await fixture.semantic.load(who, { ...query, limit: 50_000 })
  expect(isComplete).toBe(true)
  return rows.map((row) => Object.fromEntries(columns.map(({ member }) => [member, row[member] ?? null])))
}

describe('whatever is asked', () => {
  it.each(ROLES)(
    `a %s gets the rows that the rule gives, no more and no less (${QUERIES} queries, seed ${SEED})`,
    { timeout: QUERIES * 1_000 },
    async (role) => {
      let shown = 0
      const check = async ([who, query]: [Reader, CubeQuery]): Promise<void> => {
        const viewName = query.measures?.[0]?.split('.')[0] ?? query.dimensions?.[0]?.split('.')[0] ?? ''
        const [actual, expected] = await Promise.all([
          shownRows(who, query),
          allowedRows(who, viewName, query),
        ])
        shown += actual.length
        expect(difference(actual, expected), JSON.stringify({ who, query })).toEqual({
          leaked: [],
          missing: [],
        })
      }
      const plain = await fixture.semantic.meta(reader(role))
      const granted = await fixture.semantic.meta(reader(role, { canSeePersonal: true }))
      const any = anyReader(role).chain((who) =>
        fc
          .constantFrom(...(who.canSeePersonal ? granted : plain))
          .chain((view) => fc.tuple(fc.constant(who), anyQuery(view, known))),
      )
      await fc.assert(fc.asyncProperty(any, check), { seed: SEED, numRuns: QUERIES, endOnFailure: true })
      expect(shown).toBeGreaterThan(QUERIES)
    },
  )

  it('the rule leaves every manager and head some rows, and never all', async () => {
    for (const who of [
      ...PEOPLE.map((personId) => reader('manager', { personId })),
      ...DEPARTMENTS.map((id) => reader('head', { departmentIds: [id] })),
    ]) {
      for (const { name } of await fixture.semantic.meta(who)) {
        const { table } = FACTS[name] ?? { table: '' }
        const [row] = await database.query(
          `select count(*) filter (${visibleRows(who, table)}) as seen, count(*) as all from main.${table}`,
        )
        expect(Number(row?.['seen']), name).toBeGreaterThan(0)
        expect(Number(row?.['seen']), name).toBeLessThan(Number(row?.['all']))
      }
    }
  })
})

describe('a field by itself', () => {
  it.each([reader('head'), reader('manager')])(
    'shows a $role only values of rows that are theirs',
    async (who) => {
      for (const { name: viewName, members } of await fixture.semantic.meta(who)) {
        for (const { name, kind } of members) {
          if (kind === 'measure') continue
          const query = { dimensions: [name] }
          const [actual, expected] = await Promise.all([
            shownRows(who, query),
            allowedRows(who, viewName, query),
          ])
          expect(difference(actual, expected), name).toEqual({ leaked: [], missing: [] })
        }
      }
    },
  )
})

describe('the grand total', () => {
  const readers = ROLES.map((role) => reader(role, { canSeePersonal: true }))

  it.each(readers)('of a $role stays the same by whatever field it is split', async (who) => {
    for (const { members } of await fixture.semantic.meta(who)) {
      const measures = members.filter(({ isAdditive }) => isAdditive).map(({ name }) => name)
      if (measures.length === 0) continue
      const total = (await fixture.semantic.load(who, { measures })).rows[0] ?? {}
      for (const { name, kind } of members) {
        if (kind === 'measure') continue
        const { rows } = await fixture.semantic.load(who, { measures, dimensions: [name] })
        for (const measure of measures)
          expect(sum(rows, measure), `${measure} by ${name}`).toBe(cents(total[measure]))
      }
    }
  })
})

function sum(rows: readonly Row[], measure: string): bigint {
  return rows.reduce((all, row) => all + cents(row[measure]), 0n)
}

function cents(value: Row[string] | undefined): bigint {
  return typeof value === 'string' ? BigInt(Math.round(Number(value) * 100)) : 0n
}

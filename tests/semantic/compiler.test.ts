import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES, type CubeQuery, type Filter, type Reader, type ViewMeta } from '#semantic'
import { compileSql, type CompiledSql } from '../../semantic/answer.ts'
import type { Compiler } from '../../semantic/compiler.ts'
import type { Core } from '../../semantic/core.ts'
import { withoutDays } from '../../semantic/days.ts'
import { setCubeEnvironment } from '../../semantic/environment.ts'
import { silent } from '../../semantic/logger.ts'
import { parseMeta } from '../../semantic/meta.ts'
import { securityContext } from '../../semantic/reader.ts'
import { administrator, reader } from './harness.ts'
import { DEPARTMENTS, PEOPLE } from './marts-fixture.ts'
import { anyQuery, anyReader } from './random-query.ts'

const QUERIES = process.env['EMBUT_LONG'] === '1' ? 500 : 40
const SEED = Number(process.env['EMBUT_SEED'] ?? 20_260_304)
const PERIODS: readonly [string, string][] = [
  ['2025-01-01', '2025-03-31'],
  ['2025-02-10', '2025-02-10'],
  ['2024-12-01', '2026-01-31'],
  ['2024-02-29', '2025-03-31'],
]

let views: readonly ViewMeta[]
let core: Core
let createCompiler: (core: Pick<Core, 'sql'>) => Compiler

// Cube reads the environment when it is imported.
beforeAll(async () => {
  setCubeEnvironment(process.env)
  const { createCore } = await import('../../semantic/core.ts')
  const { parsesFolder } = await import('../../semantic/kept-parses.ts')
  core = createCore({
    modelFolder: 'semantic/model',
    parsesFolder: parsesFolder('.'),
    logger: silent,
  })
  createCompiler = (await import('../../semantic/compiler.ts')).createCompiler
  views = parseMeta(await core.meta({ securityContext: securityContext(administrator) }))
})
afterAll(() => core.shutdown())

const ask = (query: CubeQuery) => ({ limit: 10, ...query, timezone: 'UTC' as const })
const straight = (query: CubeQuery, who: Reader): Promise<CompiledSql> =>
  compileSql(core, ask(query), { securityContext: securityContext(who) })

/** A compiler that counts how often it has asked Cube. */
function counting() {
  let asked = 0
  const sqlOf = createCompiler({
    sql: (query, context) => {
      asked += 1
      return core.sql(query, context)
    },
  })
  const compile = (query: CubeQuery, who: Reader) => sqlOf(ask(query), securityContext(who))
  return { compile, asked: () => asked }
}

/** The same query about another period. */
function during(query: CubeQuery, period: [string, string]): CubeQuery {
  const filter = (each: Filter): Filter => {
    if ('and' in each) return { and: each.and.map(filter) }
    if ('or' in each) return { or: each.or.map(filter) }
    return each.operator === 'inDateRange' ? { ...each, values: [...period] } : each
  }
  return {
    ...query,
    timeDimensions: (query.timeDimensions ?? []).map((time) =>
      time.dateRange === undefined ? time : { ...time, dateRange: [...period] },
    ),
    filters: (query.filters ?? []).map(filter),
  }
}

const deals = (...period: [string, string]): CubeQuery => ({
  measures: ['deals_report.count'],
  timeDimensions: [{ dimension: 'deals_report.created_at', granularity: 'month', dateRange: period }],
})

describe('SQL that is kept', () => {
  it.each(ROLES)(
    `is for a %s what Cube makes of the question (${QUERIES} queries, seed ${SEED})`,
    { timeout: QUERIES * 1_000 },
    async (role) => {
      const known = new Map<string, string[]>()
      const asks = fc.tuple(
        anyReader(role),
        fc.constantFrom(...views).chain((view) => anyQuery(view, known)),
      )
      const check = async ([who, query]: [Reader, CubeQuery]): Promise<void> => {
        const { compile, asked } = counting()
        for (const period of PERIODS) {
          const now = during(query, period)
          expect(await compile(now, who)).toEqual(await straight(now, who))
        }
        expect(asked(), JSON.stringify(query)).toBe(3)
      }
      await fc.assert(fc.asyncProperty(asks, check), { seed: SEED, numRuns: QUERIES, endOnFailure: true })
    },
  )

  it('is never that of another reader', async () => {
    const { compile } = counting()
    const readers = [
      ...ROLES.map((role) => reader(role)),
      ...PEOPLE.slice(0, 3).map((personId) => reader('manager', { personId })),
      ...DEPARTMENTS.slice(0, 3).map((id) => reader('head', { departmentIds: [id] })),
      reader('manager', { personId: null }),
      reader('head', { departmentIds: [] }),
      reader('analyst', { canSeePersonal: true }),
    ]
    for (const period of PERIODS) {
      for (const who of readers) {
        const query = deals(...period)
        expect(await compile(query, who), JSON.stringify(who)).toEqual(await straight(query, who))
      }
    }
  })

  it('keeps a day of a period apart from the same day of a filter', async () => {
    const { compile } = counting()
    for (const period of PERIODS) {
      const value = '2025-01-01'
      const filters = [
        { member: 'deals_report.closed_at', operator: 'afterOrOnDate' as const, values: [value] },
      ]
      const query = { ...deals(...period), filters }
      expect(await compile(query, administrator)).toEqual(await straight(query, administrator))
    }
  })
})

describe('Cube is asked each time', () => {
  it.each<[string, CubeQuery]>([
    ['for a period in words', { ...deals('2025-01-01', '2025-01-31'), timeDimensions: lastMonth() }],
    ['for a moment', deals('2025-01-01T10:00:00', '2025-01-31')],
    ['for a period that ends before it begins', deals('2025-02-01', '2025-01-31')],
    ['for days of 1800, which stand for others', deals('1800-02-03', '2025-01-31')],
  ])('%s', async (_, query) => {
    const { compile, asked } = counting()
    for (let turn = 0; turn < 4; turn += 1) await compile(query, administrator)
    expect(asked()).toBe(4)
  })

  it('for a day that is in no calendar', () => {
    expect(withoutDays(deals('2025-02-30', '2025-03-31'))).toBeUndefined()
    expect(withoutDays(deals('2024-02-29', '2025-03-31'))).toBeDefined()
  })
})

function lastMonth() {
  return [{ dimension: 'deals_report.created_at', dateRange: 'last month' }]
}

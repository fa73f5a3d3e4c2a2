import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { reportGrid } from '../../exports/report-grid.ts'
import { CALENDAR_YEARS, parseDefinition, runReport, type ReportTable } from '#semantic/report'
import { MEMBERS } from '../../semantic/generated/members.ts'
import { CASES } from '../../semantic/report/cases.ts'
import { PROPORTIONS } from '../../semantic/report/likely.ts'
import { duckDbCube, viewOf } from './duckdb-cube.ts'

type Person = { readonly won: number; readonly lost: number }

const view = viewOf('deals_report', {
  department: 'string',
  manager: 'string',
  source: 'string',
  win_rate: 'measure',
  closed_count: 'measure',
  count: 'measure',
})
const MEASURES = {
  win_rate: "count(*) filter (status = 'won')::double / nullif(count(*), 0)",
  closed_count: 'count(*)',
  count: 'count(*)',
}
const context = {
  view,
  given: {},
  now: new Date('2026-02-10'),
  zone: 'UTC',
  fiscalCalendar: CALENDAR_YEARS,
  limit: 5000,
}
const byManager = {
  version: 1,
  reportType: 'deals_report',
  rows: [{ member: 'deals_report.manager' }],
  values: [{ member: 'deals_report.win_rate' }],
}
const sort = { member: 'deals_report.win_rate', direction: 'desc' }

function nameOf(index: number): string {
  return `M${String(index).padStart(2, '0')}`
}

/** One row per closed deal; people stand in two departments by turns. */
function sourceOf(people: readonly Person[]): string {
  const values = people.map(
    ({ won, lost }, index) => `('D${index % 2}', '${nameOf(index)}', ${won}, ${lost})`,
  )
  return `select department, manager, 'web' as source, case when i < won then 'won' else 'lost' end as status
    from (values ${values.join(', ')}) as people(department, manager, won, lost), range(won + lost) as deals(i)`
}

async function tableOf(people: readonly Person[], report: object): Promise<ReportTable> {
  const cube = await duckDbCube({ source: sourceOf(people), measures: MEASURES })
  const table = await runReport(parseDefinition({ ...byManager, ...report }), context, cube.load)
  cube.close()
  return table
}

function leaves(table: ReportTable) {
  return table.rows
    .filter(({ kind }) => kind === 'leaf')
    .map(({ header }) => ({ name: header.at(-1)?.value, note: header.at(-1)?.note }))
}

/** Who is ranked and who is not, written from the rule: 30 cases make a rank, the others follow by their names. */
function expected(people: readonly Person[]) {
  const all = people.map(({ won, lost }, index) => ({
    name: nameOf(index),
    cases: won + lost,
    rate: won / (won + lost),
  }))
  const ranked = all
    .filter(({ cases }) => cases >= 30)
    .sort((a, b) => b.rate - a.rate || (a.name < b.name ? -1 : 1))
  const few = all.filter(({ cases }) => cases < 30)
  return { ranked, few }
}

// One closed deal that was won says nothing; 29 are too few, 30 enough.
const TEAM: readonly Person[] = [
  { won: 1, lost: 0 },
  { won: 12, lost: 18 },
  { won: 29, lost: 0 },
  { won: 30, lost: 20 },
]

describe('people in order by a rate', () => {
  it('stand below, with the number of their cases, where there are fewer than 30', async () => {
    const table = await tableOf(TEAM, { options: { sort } })
    expect(leaves(table)).toEqual([
      { name: 'M03', note: undefined },
      { name: 'M01', note: undefined },
      { name: 'M00', note: '1 case, not ranked' },
      { name: 'M02', note: '29 cases, not ranked' },
    ])
    expect(table.sentence).toBe('Win rate by manager, ranked from 30 cases on')
    expect(table.valueFields).toHaveLength(1)
    expect(table.rows.at(-1)?.header.at(-1)?.note).toBeUndefined()
  })

  it('stand below in ascending order too, and after the best of a top', async () => {
    const rising = await tableOf(TEAM, { options: { sort: { ...sort, direction: 'asc' } } })
    expect(leaves(rising).map(({ name }) => name)).toEqual(['M01', 'M03', 'M00', 'M02'])
    const top = await tableOf(TEAM, { options: { limit: 1 } })
    expect(leaves(top)).toEqual([
      { name: 'M03', note: undefined },
      { name: 'M00', note: '1 case, not ranked' },
      { name: 'M02', note: '29 cases, not ranked' },
    ])
    expect(top.rows.map(({ kind }) => kind)).toEqual(['leaf', 'leaf', 'leaf', 'others', 'total'])
    // The others are M01 alone, who is ranked but not among the best.
    expect(top.rows[3]?.cells[0]?.value).toBe('0.4')
  })

  it('are all shown without an order where nobody has enough', async () => {
    const table = await tableOf(
      [TEAM[2], TEAM[0]].flatMap((one) => one ?? []),
      { options: { limit: 1 } },
    )
    expect(leaves(table).map(({ note }) => note)).toEqual(['29 cases, not ranked', '1 case, not ranked'])
  })

  it('are in order by counts, by their names, and other fields by rates, as before', async () => {
    const byCount = {
      values: [{ member: 'deals_report.count' }],
      options: { sort: { ...sort, member: 'deals_report.count' } },
    }
    expect(leaves(await tableOf(TEAM, byCount)).map(({ name }) => name)).toEqual(['M03', 'M01', 'M02', 'M00'])
    expect(leaves(await tableOf(TEAM, {})).every(({ note }) => note === undefined)).toBe(true)
    const bySource = await tableOf(TEAM.slice(0, 1), {
      rows: [{ member: 'deals_report.source' }],
      options: { sort },
    })
    expect(leaves(bySource)).toEqual([{ name: 'web', note: undefined }])
  })

  it('say so in a sheet as well', async () => {
    const table = await tableOf(TEAM, { options: { sort } })
    const grid = reportGrid(table, { locale: 'en', currency: 'EUR' })
    expect(grid.lines.map(({ labels }) => labels[0])).toEqual([
      ...['M03', 'M01', 'M00 · 1 case, not ranked', 'M02 · 29 cases, not ranked', 'Total'],
    ])
  })

  it('keep the rule for any team, within each department too', { timeout: 60_000 }, async () => {
    const person = fc.record({ won: fc.integer({ min: 1, max: 40 }), lost: fc.nat(40) })
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 9 }), async (people) => {
        const { ranked, few } = expected(people)
        const order = [...ranked, ...few].map(({ name }) => name)
        const table = await tableOf(people, { options: { sort } })
        expect(leaves(table).map(({ name }) => name)).toEqual(order)
        expect(leaves(table).filter(({ note }) => note !== undefined)).toHaveLength(few.length)
        const top = await tableOf(people, { options: { limit: 2 } })
        const shown = [...ranked.slice(0, 2), ...few].map(({ name }) => name)
        expect(leaves(top).map(({ name }) => name)).toEqual(shown)
        const grouped = await tableOf(people, {
          rows: [{ member: 'deals_report.department' }, ...byManager.rows],
          options: { sort },
        })
        for (const department of ['D0', 'D1']) {
          const own = grouped.rows.filter(
            ({ kind, header }) => kind === 'leaf' && header[0]?.value === department,
          )
          const names = own.map(({ header }) => header[1]?.value)
          expect(names).toEqual(order.filter((name) => `D${Number(name.slice(1)) % 2}` === department))
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('a rate of counts', () => {
  it('tells of how many cases it is and where it likely is, totals at their own grain', async () => {
    const table = await tableOf(TEAM, { values: [{ ...byManager.values[0], show: ['likely'] }] })
    expect(table.valueFields.map(({ title, format }) => [title, format])).toEqual([
      ['Win rate', null],
      ['Win rate, n', 'integer'],
      ['Win rate, low (95 %)', null],
      ['Win rate, high (95 %)', null],
    ])
    const cases = [1, 30, 29, 50, 110]
    const won = [1, 12, 29, 30, 72]
    table.rows.forEach(({ cells }, index) => {
      const [part, whole] = [won[index] ?? 0, cases[index] ?? 0]
      const [low, high] = textbook(part, whole)
      expect(cells[0]?.likely?.cases).toBe(whole)
      expect(cells.map(({ value }) => Number(value)).slice(0, 2)).toEqual([part / whole, whole])
      expect(Number(cells[2]?.value)).toBeCloseTo(low, 9)
      expect(Number(cells[3]?.value)).toBeCloseTo(high, 9)
      expect(cells[1]?.likely).toBeUndefined()
    })
  })

  it('is told alone where the reader may not see its cases, and so are sums and counts', async () => {
    const cube = await duckDbCube({ source: sourceOf(TEAM), measures: MEASURES })
    const bare = { ...view, members: view.members.filter(({ name }) => !name.endsWith('closed_count')) }
    const definition = parseDefinition({
      ...byManager,
      values: [{ ...byManager.values[0], show: ['likely'] }, { member: 'deals_report.count' }],
    })
    const table = await runReport(definition, { ...context, view: bare }, cube.load)
    cube.close()
    expect(table.valueFields.map(({ part }) => part)).toEqual(['value', 'value'])
    expect(table.rows.flatMap(({ cells }) => cells).every(({ likely }) => likely === undefined)).toBe(true)
  })
})

/** Wilson's interval at 95 % as the roots of its quadratic: (p − x)² n = z² x (1 − x). */
function textbook(part: number, whole: number): readonly [number, number] {
  const [p, z] = [part / whole, 1.959963984540054]
  const [a, b, c] = [whole + z * z, -(2 * whole * p + z * z), whole * p * p]
  const root = Math.sqrt(b * b - 4 * a * c)
  return [(-b - root) / (2 * a), (-b + root) / (2 * a)]
}

const MEASURE = z.looseObject({
  name: z.string(),
  sql: z.string().optional(),
  format: z.unknown().optional(),
})
const CUBES = z.object({
  cubes: z.array(z.looseObject({ measures: z.array(MEASURE).optional() })),
})
/** The cube that a report type's rates are of. */
const CUBE_OF = {
  activities_report: 'activities',
  call_ladder_report: 'call_ladder',
  calls_report: 'calls',
  deals_report: 'deals',
  forecast_calibration_report: 'forecast_calibrations',
  leads_report: 'leads',
  marketing_report: 'marketing',
  paths_report: 'deal_paths',
  pipeline_report: 'deal_stages',
  response_report: 'requests',
  sales_team_report: 'team_days',
} as const

/** Rates whose formula is one count over counts; a mean of chances is a count of nothing. */
function proportionsOf({ cubes }: z.infer<typeof CUBES>): string[] {
  const formula = /^1\.0 \* \{(\w+)\} \/ nullif\((?:\{\w+\}(?: \+ )?)+, 0\)$/
  return cubes.flatMap(({ measures = [] }) =>
    measures.flatMap(({ name, sql = '', format }) => {
      const part = formula.exec(sql)?.[1] ?? ''
      return format === 'percent' && /count|^deals_/.test(part) && part !== 'expected_count' ? [name] : []
    }),
  )
}

describe('the cases of a rate', () => {
  it('are members of the same report type', () => {
    const known = new Map<string, ReadonlySet<string>>(
      Object.entries(MEMBERS).map(([type, { measure }]) => [type, new Set<string>(measure)]),
    )
    const missing = Object.entries(CASES).flatMap(([type, rates]) =>
      Object.entries(rates).flatMap(([rate, counts]) =>
        [rate, ...counts]
          .filter((name) => known.get(type)?.has(name) !== true)
          .map((name) => `${type}.${name}`),
      ),
    )
    expect(missing).toEqual([])
  })

  it.each(Object.entries(CUBE_OF))('are what the formula divides by: %s', (type, cube) => {
    const file = join(process.cwd(), 'semantic/model/cubes', `${cube}.yml`)
    const model = CUBES.parse(parse(readFileSync(file, 'utf8')))
    const rates = model.cubes.flatMap(({ measures = [] }) =>
      measures.flatMap(({ name, sql = '', format }) => {
        const divisor = /^1\.0 \* .* \/ nullif\(([^)]*), 0\)$/.exec(sql)?.[1]
        const counts = [...(divisor ?? '').matchAll(/\{(\w+)\}/g)].map(([, count]) => count ?? '')
        const isOfCases = counts.length > 0 && counts.every((count) => /count|^deals_/.test(count))
        return format === 'percent' && isOfCases ? [[name, counts] as const] : []
      }),
    )
    expect(rates.length).toBeGreaterThan(0)
    for (const [name, counts] of rates) expect([name, CASES[type]?.[name]]).toEqual([name, counts])
    expect([...(PROPORTIONS[type] ?? [])].sort()).toEqual(proportionsOf(model).sort())
  })
})

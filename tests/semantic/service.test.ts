import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withWarehouse } from '#warehouse'
import { createSemantic, memberName, queryOf, type Row } from '#semantic'
import { administrator, openFixture, reader, VERSION, type Fixture } from './harness.ts'
import { publishedFolder, publishFixture } from './marts-fixture.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.semantic.close())

const load = (query: unknown, who = administrator) => fixture.semantic.load(who, query)
const direct = (sql: string) =>
  withWarehouse(fixture.file, { readOnly: true }, (connection) => connection.query(sql))

describe('every view', () => {
  it('answers every number by every field', async () => {
    for (const view of await fixture.semantic.meta(administrator)) {
      const names = (kind: string) =>
        view.members.filter((member) => member.kind === kind).map(({ name }) => name)
      const measures = names('measure')
      for (const dimension of names('dimension')) await load({ measures, dimensions: [dimension], limit: 2 })
      for (const dimension of names('time')) {
        const granularities = ['day', 'week', 'month', 'quarter', 'year']
        const timeDimensions = granularities.map((granularity) => ({ dimension, granularity }))
        const { rows } = await load({ measures, timeDimensions, limit: 2 })
        expect(rows.length, dimension).toBeGreaterThan(0)
        expect(Object.keys(rows[0] ?? {})).toContain(`${dimension}.quarter`)
      }
    }
  })

  it('answers every number as a filter', async () => {
    for (const view of await fixture.semantic.meta(administrator)) {
      const measures = view.members.filter(({ kind }) => kind === 'measure').map(({ name }) => name)
      const filters = measures.map((member) => ({ member, operator: 'gte', values: ['-0.5'] }))
      await load({ measures, filters, limit: 1 })
    }
  })
})

describe('numbers', () => {
  it('are the ones that plain SQL gives', async () => {
    const { rows } = await load(
      queryOf('deals_report', {
        measures: [
          'count',
          'won_count',
          'win_rate',
          'won_amount',
          'clients_count',
          'median_cycle_days',
          'margin',
        ],
      }),
    )
    const [expected] = await direct(
      `select count(*)::varchar as a, count(*) filter (is_won)::varchar as b,
        (count(*) filter (is_won) / count(*) filter (is_won or is_lost))::varchar as c,
        sum(amount_company) filter (is_won)::varchar as d,
        count(distinct client_id) filter (client_id <> 'unknown')::varchar as e, median(cycle_days)::varchar as f,
        (sum(amount_company - cost_company) filter (is_won))::varchar as g from fct_deals where not is_excluded`,
    )
    const numbers = (row: object = {}): number[] =>
      Object.values(row).map((value) => Number(Number(value).toFixed(2)))
    expect(numbers(rows[0])).toEqual(numbers(expected))
  })

  it('are text, so nothing is rounded on the way', async () => {
    const { rows } = await load({ measures: ['deals_report.won_amount'] })
    expect(typeof rows[0]?.['deals_report.won_amount']).toBe('string')
  })

  it('take times as the company reads its clock', async () => {
    const { rows } = await load({
      dimensions: ['deals_report.created_at'],
      order: { 'deals_report.created_at': 'asc' },
      limit: 1,
    })
    const [first] = await direct(
      'select min(created_at_local)::varchar as first from fct_deals where not is_excluded',
    )
    expect(rows[0]?.['deals_report.created_at']).toBe(`${String(first?.['first']).replace(' ', 'T')}.000`)
  })

  it('compare two periods side by side', async () => {
    const january = ['2025-01-01', '2025-01-31'] as const
    const { rows } = await load({
      measures: ['deals_report.count'],
      timeDimensions: [
        {
          dimension: 'deals_report.created_at',
          compareDateRange: [[...january], ['2025-02-01', '2025-02-28']],
        },
      ],
    })
    const [expected] = await direct(
      `select count(*) filter (month(created_at_local) = 1)::varchar as a, count(*) filter (month(created_at_local) = 2)::varchar as b from fct_deals where year(created_at_local) = 2025 and not is_excluded`,
    )
    expect(rows.map((row) => row['deals_report.count'])).toEqual(Object.values(expected ?? {}))
    expect(rows.map((row) => row['compareDateRange'])).toEqual([
      '2025-01-01 - 2025-01-31',
      '2025-02-01 - 2025-02-28',
    ])
  })
})

describe('filters', () => {
  const named = async (operator: string, value: string): Promise<Row[]> => [
    ...(
      await load({
        dimensions: ['clients_report.client'],
        filters: [{ member: 'clients_report.client', operator, values: [value] }],
      })
    ).rows,
  ]

  it.each([
    ['contains', '_'],
    ['contains', 'a_b'],
    ['startsWith', 'A_'],
    ['endsWith', '_b 5'],
  ])('find text that %s %j', async (operator, value) => {
    const rows = await named(operator, value)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every((row) => String(row['clients_report.client']).includes('_'))).toBe(true)
  })

  it('find a per cent sign, a backslash and nothing else', async () => {
    const clients = await fixture.semantic.values(administrator, 'deals_report.client', '50% off_', 100)
    expect(clients.length).toBeGreaterThan(0)
    expect(clients.every((name) => name.startsWith('50% off_'))).toBe(true)
    expect(await fixture.semantic.values(administrator, 'deals_report.product', '%', 100)).toEqual([
      '100%_Pro',
    ])
    expect(await named('contains', '\\')).toEqual([])
  })

  it('leave out text with wildcards in it', async () => {
    const rows = await named('notContains', '_')
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.some((row) => String(row['clients_report.client']).includes('_'))).toBe(false)
  })

  it.each([
    ['deals_report.stage_order', 'gte', ['3'], "stage_id in ('s3', 's4', 's5')"],
    ['deals_report.won_at', 'notSet', undefined, 'won_at is null'],
    [
      'deals_report.won_at',
      'inDateRange',
      ['2025-02-01', '2025-02-28'],
      "won_at_local >= '2025-02-01' and won_at_local < '2025-03-01'",
    ],
    ['deals_report.won_at', 'beforeOrOnDate', ['2025-02-01'], "won_at_local < '2025-02-02'"],
    ['deals_report.won_at', 'lte', ['2025-02-01'], "won_at_local < '2025-02-02'"],
    ['deals_report.won_at', 'gte', ['2025-02-01'], "won_at_local >= '2025-02-01'"],
    ['deals_report.won_at', 'lt', ['2025-02-01'], "won_at_local < '2025-02-01'"],
    ['deals_report.won_at', 'equals', ['2025-02-01'], "won_at_local::date = '2025-02-01'"],
    ['deals_report.won_at', 'afterDate', ['2025-02-01'], "won_at_local > '2025-02-01 23:59:59.999'"],
    [
      'deals_report.expected_close_on',
      'inDateRange',
      ['2025-02-01', '2025-02-28'],
      'year(expected_close_on) = 2025 and month(expected_close_on) = 2',
    ],
    ['deals_report.branch', 'equals', [null], 'branch is null'],
    ['deals_report.branch', 'notEquals', ['North'], "branch is distinct from 'North'"],
    ['deals_report.status', 'equals', ['won', 'lost'], "status in ('won', 'lost')"],
  ])('on %s by %s mean what they say', async (...[member, operator, values, where]) => {
    const filters = [{ member, operator, ...(values !== undefined && { values }) }]
    const { rows } = await load({ measures: ['deals_report.count'], filters })
    const [expected] = await direct(
      `select count(*)::varchar as n from fct_deals where not is_excluded and ${where}`,
    )
    expect(rows[0]?.['deals_report.count']).toBe(expected?.['n'])
  })

  it.each([
    [undefined, 'not is_excluded'],
    [['false'], 'not is_excluded'],
    [['true'], 'is_excluded'],
    [['false', 'true'], 'true'],
  ])('on excluded records say which are meant: %j', async (values, where) => {
    const named = { or: [{ member: 'deals_report.is_excluded', operator: 'equals', values }] }
    const filters = values === undefined ? [] : [named]
    const { rows } = await load({ measures: ['deals_report.count'], filters })
    const [expected] = await direct(`select count(*)::varchar as n from fct_deals where ${where}`)
    expect(rows[0]?.['deals_report.count']).toBe(expected?.['n'])
  })
})

describe('limits', () => {
  const filters = [{ member: 'deals_report.is_excluded', operator: 'equals', values: ['false', 'true'] }]
  const query = {
    dimensions: ['deals_report.deal_id'],
    filters,
    order: { 'deals_report.deal_id': 'asc' },
  } as const

  it('say that there are more rows', async () => {
    const result = await load({ ...query, limit: 299 })
    expect(result.rows).toHaveLength(299)
    expect([result.isComplete, result.passport.isComplete]).toEqual([false, false])
  })

  it('say that this is all', async () => {
    const result = await load({ ...query, limit: 300 })
    expect(result.rows).toHaveLength(300)
    expect([result.isComplete, result.passport.rows]).toEqual([true, 300])
  })

  it('go on from an offset', async () => {
    const all = (await load(query)).rows
    const rest = await load({ ...query, limit: 100, offset: 250 })
    expect(rest.rows).toEqual(all.slice(250))
    expect(rest.isComplete).toBe(true)
  })
})

describe('exports', () => {
  const query = {
    measures: ['calls_report.count', 'calls_report.talk_seconds'],
    dimensions: ['calls_report.manager', 'calls_report.is_answered'],
    timeDimensions: [{ dimension: 'calls_report.started_at', granularity: 'day' }],
    order: {
      'calls_report.manager': 'asc',
      'calls_report.started_at': 'asc',
      'calls_report.is_answered': 'asc',
    },
  } as const

  it('stream the rows that load shows, and as many as DuckDB counts', async () => {
    const head = reader('head')
    const stream = fixture.semantic.stream(head, query)
    const total = await stream.total()
    const rows: Row[] = []
    for await (const batch of stream) rows.push(...batch)
    const loaded = await load(query, head)
    const { columns } = await stream.compiled()
    const shown = loaded.rows.map((row) =>
      Object.fromEntries(columns.map(({ member }) => [member, row[member]])),
    )
    expect(rows).toEqual(shown)
    expect(rows).toHaveLength(total)
  })

  it('name their columns in the order of the SQL', async () => {
    const { sql, params, columns, version, file } = await fixture.semantic.sql(reader('manager'), query)
    const rows = await withWarehouse(file, { readOnly: true }, (connection) =>
      connection.query(sql, params.map(String)),
    )
    expect(Object.keys(rows[0] ?? {})).toEqual(columns.map(({ alias }) => alias))
    expect(columns.map(({ type }) => type)).toEqual(['string', 'boolean', 'time', 'number', 'number'])
    expect(version).toBe(VERSION)
  })
})

describe('the passport', () => {
  it('says what the number is, of when, and of what', async () => {
    const { passport } = await load({
      measures: ['deals_report.win_rate'],
      dimensions: ['deals_report.manager'],
      filters: [
        { member: 'deals_report.status', operator: 'equals', values: ['won', 'lost'] },
        {
          or: [
            { member: 'deals_report.branch', operator: 'notSet' },
            { member: 'deals_report.client', operator: 'contains', values: ['x'] },
          ],
        },
      ],
      timeDimensions: [{ dimension: 'deals_report.closed_at', dateRange: ['2025-01-01', '2025-12-31'] }],
    })
    expect(passport).toMatchObject({
      version: VERSION,
      publishedAt: '2026-03-01T06:00:00.000Z',
      freshness: [
        { source: 'crm', at: '2026-03-01T04:00:00.000Z' },
        { source: 'files', at: null },
      ],
      filters:
        'Closed in 2025-01-01 – 2025-12-31; Status is won or lost; (Branch is not known or Client contains x); ' +
        'without excluded records',
      note:
        'Closed: 12 months of 2025-01 to 2025-12. These numbers follow the data and rules of today; what was published then, ' +
        'and what is different since, is in the report type Closed months. ' +
        'The history of owners begins on 2025-01-01; earlier records show the owner of that day.',
      isComplete: true,
    })
    expect(passport.members.map(({ title, format }) => [title, format])).toEqual([
      ['Manager', undefined],
      ['Win rate', 'percent'],
    ])
    expect(passport.definition).toMatch(/^Deals: Manager, Win rate · definitions [0-9a-f]{8}$/)
  })

  it('says it in the language of its reader', async () => {
    const query = {
      measures: ['deals_report.win_rate'],
      filters: [{ member: 'deals_report.status', operator: 'equals', values: ['won', 'lost'] }],
      timeDimensions: [{ dimension: 'deals_report.closed_at', dateRange: ['2025-01-01', '2025-12-31'] }],
    }
    const { passport } = await fixture.semantic.load(administrator, query, { locale: 'es-ES' })
    expect(passport.filters).toBe(
      'Cerrado en 2025-01-01 – 2025-12-31; Estado es won o lost; sin registros excluidos',
    )
    expect(passport.note).toMatch(/^Cerrados: 12 meses, de 2025-01 a 2025-12\. Estas cifras siguen/)
    expect(passport.definition).toMatch(/^Negocios: Tasa de éxito · definiciones [0-9a-f]{8}/)
  })
})

describe('failures', () => {
  it('never show Cube’s or DuckDB’s own words', async () => {
    const query = {
      measures: ['deals_report.count'],
      timeDimensions: [
        { dimension: 'deals_report.won_at', granularity: 'day', dateRange: 'the day of the parrot' },
      ],
    }
    await expect(load(query)).rejects.toThrow(/^The query could not be answered/)
  })

  it('stop waiting when the caller gives up', async () => {
    const query = { measures: ['deals_report.count'] }
    const gone = AbortSignal.abort(new Error('gone'))
    await expect(fixture.semantic.load(administrator, query, { signal: gone })).rejects.toThrow('gone')
  })

  it('say that nothing is published yet, and answer when something is', async () => {
    const folder = await publishedFolder()
    const semantic = await createSemantic({ projectRoot: process.cwd(), publishedDir: folder })
    try {
      expect(semantic.version()).toBe('')
      await expect(semantic.load(administrator, { measures: ['deals_report.count'] })).rejects.toThrow(
        /embut build/,
      )
      await publishFixture(folder, VERSION)
      await expect.poll(() => semantic.version(), { timeout: 30_000 }).toBe(VERSION)
    } finally {
      await semantic.close()
    }
  })
})

describe('the typed client', () => {
  it('writes full names', () => {
    expect(memberName('deals_report', 'won_amount')).toBe('deals_report.won_amount')
    // @ts-expect-error phones are not in the view of deals
    expect(memberName('deals_report', 'phone')).toBe('deals_report.phone')
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UserError } from '#config'
import type { Reader } from '#semantic'
import { administrator, openFixture, reader, type Fixture } from './harness.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.semantic.close())

const analyst = reader('analyst')
const count = 'clients_report.count'
const refused = (query: unknown, who: Reader): Promise<void>[] => [
  expect(fixture.semantic.load(who, query)).rejects.toThrow(UserError),
  expect(fixture.semantic.sql(who, query)).rejects.toThrow(UserError),
]

describe('a member that the reader may not use', () => {
  const positions = (member: string): [string, unknown][] => [
    ['measures', { measures: [member] }],
    ['dimensions', { measures: [count], dimensions: [member] }],
    ['time dimensions', { measures: [count], timeDimensions: [{ dimension: member, granularity: 'day' }] }],
    ['an unused time', { measures: [count], timeDimensions: [{ dimension: member }] }],
    ['segments', { measures: [count], segments: [member] }],
    ['order', { measures: [count], order: { [member]: 'asc' } }],
    ['order as a list', { measures: [count], order: [[member, 'asc']] }],
    ['a filter', { measures: [count], filters: [{ member, operator: 'set' }] }],
    [
      'a filter deep inside',
      {
        measures: [count],
        filters: [
          {
            or: [
              { member: 'clients_report.city', operator: 'set' },
              { and: [{ or: [{ member, operator: 'startsWith', values: ['+371'] }] }] },
            ],
          },
        ],
      },
    ],
  ]
  const hidden = [
    'clients_report.phone',
    'clients_report.nothing',
    'clients.phone',
    'clients.count',
    'deals.client_owner_id',
    'owners.person_id',
    'deal_stages.deal_stage_id',
  ]

  it.each(
    hidden.flatMap((member) => positions(member).map(([place, query]) => [member, place, query] as const)),
  )('is refused: %s in %s', async (_member, _place, query) => {
    await Promise.all(refused(query, analyst))
  })

  it('is refused in the same words whether it exists or not', async () => {
    const message = async (member: string): Promise<string> =>
      fixture.semantic.load(analyst, { dimensions: [member] }).then(
        () => 'answered',
        (error: Error) => error.message.replace(member, '…'),
      )
    expect(await message('clients_report.phone')).toBe(await message('clients_report.nothing'))
  })

  it('is refused by the picker of values', async () => {
    await expect(fixture.semantic.values(analyst, 'clients_report.email')).rejects.toThrow(UserError)
  })

  it('is given to an analyst with the grant, and to those who work with clients', async () => {
    const query = { dimensions: ['clients_report.phone'], limit: 3 }
    for (const who of [
      reader('analyst', { canSeePersonal: true }),
      administrator,
      reader('head'),
      reader('manager'),
    ]) {
      expect((await fixture.semantic.load(who, query)).rows.length, who.role).toBeGreaterThan(0)
    }
  })

  it('is left out of what the reader is shown', async () => {
    const names = async (who: Reader): Promise<string[]> =>
      (await fixture.semantic.meta(who)).flatMap(({ members }) => members.map(({ name }) => name))
    expect(await names(analyst)).not.toContain('clients_report.phone')
    expect(await names(reader('marketer'))).not.toContain('data_quality_report.value')
    expect(await names(reader('manager'))).not.toContain('data_quality_report.findings_count')
    expect(await names(administrator)).toContain('clients_report.phone')
  })
})

describe('a query that is not right', () => {
  it.each<[string, unknown]>([
    ['asks for nothing', {}],
    ['only filters', { filters: [{ member: 'deals_report.status', operator: 'set' }] }],
    ['has words of Cube that are not let through', { measures: ['deals_report.count'], total: true }],
    ['is a list of queries', [{ measures: ['deals_report.count'] }]],
    ['asks for its own zone', { measures: ['deals_report.count'], timezone: 'Europe/Riga' }],
    ['has a member expression', { measures: [{ expression: ['1'], name: 'x' }] }],
    ['mixes report types', { measures: ['deals_report.count', 'calls_report.count'] }],
    ['has a field as a number', { measures: ['deals_report.status'] }],
    ['has a number as a field', { dimensions: ['deals_report.count'] }],
    [
      'has a field as a time',
      { measures: ['deals_report.count'], timeDimensions: [{ dimension: 'deals_report.status' }] },
    ],
    [
      'filters without a value',
      {
        measures: ['deals_report.count'],
        filters: [{ member: 'deals_report.status', operator: 'equals', values: [] }],
      },
    ],
    [
      'compares a number with text',
      {
        measures: ['deals_report.count'],
        filters: [{ member: 'deals_report.count', operator: 'gt', values: ['many'] }],
      },
    ],
    [
      'looks for text in a time',
      {
        measures: ['deals_report.count'],
        filters: [{ member: 'deals_report.won_at', operator: 'contains', values: ['2'] }],
      },
    ],
    [
      'compares a truth with text',
      {
        measures: ['deals_report.count'],
        filters: [{ member: 'deals_report.is_excluded', operator: 'equals', values: ['maybe'] }],
      },
    ],
    [
      'gives a day that is none',
      {
        measures: ['deals_report.count'],
        filters: [{ member: 'deals_report.won_at', operator: 'afterDate', values: ['soon'] }],
      },
    ],
    [
      'joins a number and a field by "or"',
      {
        measures: ['deals_report.count'],
        filters: [
          {
            or: [
              { member: 'deals_report.count', operator: 'gt', values: ['1'] },
              { member: 'deals_report.status', operator: 'set' },
            ],
          },
        ],
      },
    ],
    ['has no rows to show', { measures: ['deals_report.count'], limit: 0 }],
  ])('%s is refused with words that help', async (_name, query) => {
    await Promise.all(refused(query, administrator))
  })
})

describe('a reader who is not complete', () => {
  it.each<[string, unknown]>([
    ['nobody', undefined],
    ['without a role', { userId: 'x', personId: null, departmentIds: [], canSeePersonal: false }],
    ['with a role that does not exist', { ...administrator, role: 'owner' }],
    ['without departments', { ...reader('head'), departmentIds: undefined }],
    ['linked to the unknown person', reader('manager', { personId: 'unknown' })],
    ['heading the unknown department', reader('head', { departmentIds: ['unknown'] })],
    ['linked to nothing', reader('manager', { personId: '' })],
  ])('is refused: %s', async (_name, who) => {
    await Promise.all(refused({ measures: ['deals_report.count'] }, who as Reader))
    await expect(fixture.semantic.meta(who as Reader)).rejects.toThrow(UserError)
  })

  it.each([reader('manager', { personId: null }), reader('head', { departmentIds: [] })])(
    'a $role without a link sees no rows and reads why',
    async (who) => {
      for (const { name, members } of await fixture.semantic.meta(who)) {
        const dimension = members.find(({ kind }) => kind === 'dimension')?.name ?? ''
        const { rows, passport } = await fixture.semantic.load(who, { dimensions: [dimension] })
        expect(rows, name).toEqual([])
        expect(passport.note).toMatch(/^This sign-in .* sees no rows/)
      }
    },
  )
})

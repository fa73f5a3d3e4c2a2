import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { viewMonth } from '#lib/period/month.ts'
import type { Ask } from '#lib/server/home/ask.ts'
import { loadHome, type Home } from '#lib/server/home/index.ts'
import { loadSteps } from '#lib/server/home/steps.ts'
import { slowQuestions } from '#lib/server/home/slow-queries.ts'
import type { SlowQuery } from '#semantic'
import type { Passport, Reader, Role, Row } from '#services'
import { NOW } from './company.ts'
import { openServices, SIGN_INS, type FakeServices } from './fake-services.ts'

let services: FakeServices
beforeAll(async () => {
  services = await openServices()
})
afterAll(() => services.close())

const NO_SCOPE = { period: '', against: '', department: [] }

function homeOf(role: Role): Promise<Home> {
  const person = SIGN_INS.find((one) => one.role === role)
  if (person === undefined) throw new Error(`nobody signs in as ${role}`)
  const { personId, departmentIds } = person
  const reader: Reader = { userId: `user-${role}`, role, personId, departmentIds, canSeePersonal: false }
  return loadHome({ ...services, now: () => NOW }, reader, NO_SCOPE)
}

const READER: Reader = {
  userId: 'user-analyst',
  role: 'analyst',
  personId: null,
  departmentIds: [],
  canSeePersonal: false,
}

describe('the passport of a list on Home', () => {
  it('counts the rows that the list shows, and says whether there are more', async () => {
    const { manager } = await homeOf('manager')
    if (!manager) throw new Error('the manager has no home')
    for (const part of [manager.overdue, manager.stale, manager.waiting, manager.quiet]) {
      if (!part.ok) throw new Error(part.message)
      const { items, count, passport } = part.value
      expect(passport.rows).toBe(items.length)
      expect(passport.isComplete).toBe(count <= items.length)
    }
  })

  it('tells what its count means too', async () => {
    const { manager } = await homeOf('manager')
    if (!manager?.overdue.ok) throw new Error('the list of tasks failed')
    const names = manager.overdue.value.passport.members.map(({ name }) => name)
    expect(names).toContain('activities_report.open_count')
    expect(names).toContain('activities_report.due_at')
  })

  it('counts the findings that are shown', async () => {
    const { keeper } = await homeOf('administrator')
    if (!keeper?.findings.ok) throw new Error('the findings failed')
    const { groups, passport } = keeper.findings.value
    expect(passport.rows).toBe(groups.length)
    expect(groups.map(({ check }) => check).at(-1)).toBe('phone_invalid')
  })
})

describe('slow questions', () => {
  const members = ['deals_report.manager', 'deals_report.created_at', 'deals_report.count']
  const told = { askedAt: '2026-02-18T10:00:00.000Z', isAnswered: true, times: 2 }
  const of = (...queries: Partial<SlowQuery>[]) => ({
    ...services,
    semantic: {
      ...services.semantic,
      slowest: () =>
        queries.map((query) => ({ members, durationMs: 4200, userId: 'gone', ...told, ...query })),
    },
  })

  it('are told in the words of the catalogue, with who asked', async () => {
    const [person] = await services.workspace.users.list()
    const shown = await slowQuestions(of({ userId: person?.id ?? '' }), READER)
    expect(shown).toMatchObject([
      {
        about: 'Deals',
        numbers: ['Deals'],
        groups: ['Manager', 'Created'],
        seconds: 4.2,
        person: person?.name,
        times: 2,
      },
    ])
    expect(shown[0]?.href).toMatch(/^\/reports\/designer\?d=/)
  })

  it('of records lead to no report, and those of unknown report types are left out', async () => {
    const shown = await slowQuestions(
      of({ members: ['deals_report.title'] }, { members: ['gone_report.count'] }),
      READER,
    )
    expect(shown).toMatchObject([{ groups: ['Deal'], numbers: [], href: null, person: null }])
  })
})

describe('where deals stop', () => {
  const month = viewMonth('2026-02', '2026-02-18', { workingDays: [1, 2, 3, 4, 5], holidays: [] })
  const ROWS = [...stagesOf('Service', ['New', 'Visit', 'Won'], 90), ...stagesOf('Sales', STAGES, 400)]

  it('has bars, and a passport, of the biggest pipeline alone', async () => {
    const steps = await loadSteps(answerFrom(ROWS), month)
    expect(steps.pipeline).toBe('Sales')
    expect(steps.steps.map((step) => step.stage)).toEqual(['New', 'Offer', 'Signing'])
    expect(steps.passport.rows).toBe(3)
  })

  it('shows nothing where there are no deals', async () => {
    const steps = await loadSteps(answerFrom([]), month)
    expect(steps).toMatchObject({ pipeline: null, steps: [], passport: { rows: 0 } })
  })
})

const STAGES = ['New', 'Offer', 'Signing', 'Won']

function stagesOf(pipeline: string, names: readonly string[], deals: number): Row[] {
  return names.map((name, index) => ({
    'pipeline_report.pipeline': pipeline,
    'pipeline_report.stage': name,
    'pipeline_report.stage_order': String(index + 1),
    'pipeline_report.deals_reached': String(deals - index),
  }))
}

/** Answers by filters of equality, order and limit, as the semantic layer would from these rows. */
function answerFrom(table: readonly Row[]): Ask {
  return async ({ filters = [], order, limit = table.length }) => {
    const kept = table.filter((row) =>
      filters.every(
        (filter) =>
          !('member' in filter) ||
          filter.operator !== 'equals' ||
          !(filter.member in row) ||
          filter.values?.includes(String(row[filter.member])),
      ),
    )
    const [by, direction] = Array.isArray(order) ? (order[0] ?? []) : []
    const place = (row: Row): number =>
      by === undefined ? 0 : Number(row[by]) * (direction === 'desc' ? -1 : 1)
    const rows = kept.sort((a, b) => place(a) - place(b)).slice(0, limit)
    return { rows, isComplete: true, durationMs: 1, passport: { ...PASSPORT, rows: rows.length } }
  }
}

const PASSPORT: Passport = {
  ...{ version: 'v', publishedAt: '2026-02-18T10:00:00Z', freshness: [], members: [], filters: '' },
  ...{ rows: 0, isComplete: true, definition: '' },
}

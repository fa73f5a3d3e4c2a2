import type { MemberFilter, Passport } from '#services'
import { asOf } from '#lib/components/passport/shown-passport.ts'
import type { FilterClause } from '#semantic/report'
import { addDays, type DayRange } from '#lib/period/month.ts'
import { reportHref } from '#lib/report-link.ts'
import { sizeOf, textOf, type Ask } from './ask.ts'
import { listed, type Listed } from './listed.ts'

/** A request that nobody has answered: working seconds waited, as of the build that the passport names. */
export type WaitingRequest = {
  readonly id: string
  readonly kind: string | null
  readonly client: string | null
  readonly manager: string | null
  readonly requestedAt: string | null
  readonly waitedSeconds: number
}
export type Waiting = Listed<WaitingRequest> & {
  /** How many wait longer than so many working minutes, and the report of them. */
  readonly past: readonly { readonly minutes: number; readonly count: number; readonly href: string }[]
  /** Requests from before `days` days that nobody ever answered, which are lost rather than waiting. */
  readonly older: { readonly days: number; readonly count: number; readonly href: string }
}

/** The limits that answers are measured by; see the measures `late_count_*`. */
const LIMITS = [15, 20, 30] as const
const VIEW = 'response_report'
const COUNT = `${VIEW}.waiting_count`
/** Who asked longer ago waits no more: he went elsewhere. */
const RECENT_DAYS = 7

/** Whose requests, by the filters that leave them, and of which days. */
type Scope = { readonly whose: readonly FilterClause[]; readonly days: DayRange }

/** Requests of the last days that wait for an answer, the longest wait first, and how many older ones there are. */
export async function loadWaiting(ask: Ask, whose: Scope['whose'], today: string): Promise<Waiting> {
  const begin = addDays(today, 1 - RECENT_DAYS)
  const recent: Scope = { whose, days: [begin, today] }
  const older: Scope = { whose, days: ['1970-01-01', addDays(begin, -1)] }
  const [shown, past, forgotten] = await Promise.all([
    listOf(ask, recent),
    pastLimits(ask, recent),
    ask({ measures: [COUNT], filters: filtersOf(older), limit: 1 }),
  ])
  const count = sizeOf(forgotten.rows[0], COUNT)
  return { ...shown, past, older: { days: RECENT_DAYS, count, href: reportOf(older, []) } }
}

/** Whom the numbers and the report behind them are of; fields by their names in the report type. */
function clausesOf({ whose, days }: Scope): readonly FilterClause[] {
  return [
    { member: 'is_waiting', operator: 'equals', values: ['true'] },
    { member: 'requested_at', operator: 'inDateRange', values: [...days] },
    ...whose,
  ]
}

function filtersOf(scope: Scope): MemberFilter[] {
  return clausesOf(scope).map((clause) => ({ ...clause, member: `${VIEW}.${clause.member}` }))
}

function listOf(ask: Ask, scope: Scope): Promise<Listed<WaitingRequest>> {
  const names = ['request_id', 'kind', 'client', 'manager', 'requested_at']
  const list = {
    measures: [`${VIEW}.longest_wait_seconds`],
    dimensions: names.map((name) => `${VIEW}.${name}`),
    filters: filtersOf(scope),
    order: { [`${VIEW}.longest_wait_seconds`]: 'desc' as const },
  }
  return listed(ask, { list, count: COUNT, href: reportOf(scope, []) }, requestOf)
}

async function pastLimits(ask: Ask, scope: Scope): Promise<Waiting['past']> {
  const measures = LIMITS.map((minutes) => `${VIEW}.late_count_${minutes}`)
  const late = await ask({ measures, filters: filtersOf(scope), limit: 1 })
  return LIMITS.map((minutes) => ({
    minutes,
    count: sizeOf(late.rows[0], `${VIEW}.late_count_${minutes}`),
    href: reportOf(scope, [`late_count_${minutes}`]),
  }))
}

function requestOf(row: Parameters<typeof textOf>[0]): WaitingRequest {
  return {
    id: textOf(row, `${VIEW}.request_id`) ?? '',
    kind: textOf(row, `${VIEW}.kind`),
    client: textOf(row, `${VIEW}.client`),
    manager: textOf(row, `${VIEW}.manager`),
    requestedAt: textOf(row, `${VIEW}.requested_at`),
    waitedSeconds: sizeOf(row, `${VIEW}.longest_wait_seconds`),
  }
}

function reportOf(scope: Scope, values: readonly string[]): string {
  return reportHref({
    reportType: VIEW,
    rows: ['manager', 'client', 'requested_at'],
    values: [...values, 'waiting_count', 'longest_wait_seconds'],
    filters: clausesOf(scope),
  })
}

/** Whether what is shown is of now: every source that has loaded did so within the last five minutes. */
export function isLive(passport: Pick<Passport, 'freshness' | 'publishedAt'>, now: Date): boolean {
  return Date.parse(asOf(passport)) >= now.getTime() - 5 * 60_000
}

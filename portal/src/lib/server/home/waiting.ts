import type { MemberFilter, Passport } from '#services'
import { asOf } from '#lib/components/passport/shown-passport.ts'
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
}

/** The limits that answers are measured by; see the measures `late_count_*`. */
const LIMITS = [15, 20, 30] as const
const VIEW = 'response_report'

/** Requests that wait for an answer, of one person or of everybody that the reader sees, the longest wait first. */
export async function loadWaiting(ask: Ask, personId: string | null): Promise<Waiting> {
  const filters: MemberFilter[] = [
    { member: `${VIEW}.is_waiting`, operator: 'equals', values: ['true'] },
    { member: `${VIEW}.is_excluded`, operator: 'equals', values: ['false'] },
    ...(personId === null
      ? []
      : [{ member: `${VIEW}.manager_id`, operator: 'equals' as const, values: [personId] }]),
  ]
  const names = ['request_id', 'kind', 'client', 'manager', 'requested_at']
  const list = {
    measures: [`${VIEW}.longest_wait_seconds`],
    dimensions: names.map((name) => `${VIEW}.${name}`),
    filters,
    order: { [`${VIEW}.longest_wait_seconds`]: 'desc' as const },
  }
  const [shown, late] = await Promise.all([
    listed(ask, { list, count: `${VIEW}.waiting_count`, href: reportOf(personId, []) }, requestOf),
    ask({ measures: LIMITS.map((minutes) => `${VIEW}.late_count_${minutes}`), filters, limit: 1 }),
  ])
  const past = LIMITS.map((minutes) => ({
    minutes,
    count: sizeOf(late.rows[0], `${VIEW}.late_count_${minutes}`),
    href: reportOf(personId, [`late_count_${minutes}`]),
  }))
  return { ...shown, past }
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

function reportOf(personId: string | null, values: readonly string[]): string {
  return reportHref({
    reportType: VIEW,
    rows: ['manager', 'client', 'requested_at'],
    values: [...values, 'waiting_count', 'longest_wait_seconds'],
    filters: [
      { member: 'is_waiting', operator: 'equals', values: ['true'] },
      ...(personId === null
        ? []
        : [{ member: 'manager_id', operator: 'equals' as const, values: [personId] }]),
    ],
  })
}

/** Whether what is shown is of now: every source that has loaded did so within the last five minutes. */
export function isLive(passport: Pick<Passport, 'freshness' | 'publishedAt'>, now: Date): boolean {
  return Date.parse(asOf(passport)) >= now.getTime() - 5 * 60_000
}

import type { MemberFilter } from '#services'
import { addDays } from '#lib/period/month.ts'
import { reportHref } from '#lib/report-link.ts'
import { webAddress } from '#lib/web-address.ts'
import { textOf, type Ask } from './ask.ts'
import { listed, type Listed } from './listed.ts'

export type Task = {
  readonly id: string
  readonly subject: string | null
  readonly kind: string | null
  readonly client: string | null
  readonly dueAt: string | null
}
export type StaleDeal = {
  readonly id: string
  readonly title: string | null
  readonly stage: string | null
  readonly enteredAt: string | null
  readonly url: string | null
}
export type QuietClient = {
  readonly id: string
  readonly client: string | null
  readonly lastContactAt: string | null
  readonly wonAmount: string | null
}
const STALE_DAYS = 14
const QUIET_DAYS = 60

function own(view: string, personId: string): MemberFilter {
  return { member: `${view}.manager_id`, operator: 'equals', values: [personId] }
}

/** Everything up to a day, included; a report's filter has no open end. */
function upTo(member: string, day: string) {
  return { member, operator: 'inDateRange' as const, values: ['1970-01-01', day] }
}

/** My tasks that were due before `today` and are not done. */
export function loadOverdue(ask: Ask, personId: string, today: string): Promise<Listed<Task>> {
  const view = 'activities_report'
  const filters: MemberFilter[] = [
    own(view, personId),
    { member: `${view}.is_completed`, operator: 'equals', values: ['false'] },
    { member: `${view}.due_at`, operator: 'beforeDate', values: [today] },
  ]
  const names = ['activity_id', 'subject', 'kind', 'client', 'due_at']
  const href = reportHref({
    reportType: view,
    rows: ['client', 'subject', 'due_at'],
    values: ['open_count'],
    filters: [
      { member: 'manager_id', operator: 'equals', values: [personId] },
      { member: 'is_completed', operator: 'equals', values: ['false'] },
      upTo('due_at', addDays(today, -1)),
    ],
  })
  const list = {
    dimensions: names.map((name) => `${view}.${name}`),
    filters,
    order: { [`${view}.due_at`]: 'asc' as const },
  }
  return listed(ask, { list, count: `${view}.open_count`, href }, (row) => ({
    id: textOf(row, `${view}.activity_id`) ?? '',
    subject: textOf(row, `${view}.subject`),
    kind: textOf(row, `${view}.kind`),
    client: textOf(row, `${view}.client`),
    dueAt: textOf(row, `${view}.due_at`),
  }))
}

/** My open deals that have been in their stage for two weeks or more, longest first. */
export function loadStale(ask: Ask, personId: string, today: string): Promise<Listed<StaleDeal>> {
  const view = 'pipeline_report'
  const since = addDays(today, -STALE_DAYS)
  const filters: MemberFilter[] = [
    own(view, personId),
    { member: `${view}.entered_at`, operator: 'beforeDate', values: [since] },
    { member: `${view}.deals_open`, operator: 'gt', values: ['0'] },
  ]
  const names = ['deal_id', 'title', 'stage', 'entered_at', 'source_url']
  const href = reportHref({
    reportType: view,
    rows: ['stage', 'title', 'entered_at'],
    values: ['deals_open'],
    filters: [
      { member: 'manager_id', operator: 'equals', values: [personId] },
      upTo('entered_at', addDays(since, -1)),
    ],
  })
  const list = {
    measures: [`${view}.deals_open`],
    dimensions: names.map((name) => `${view}.${name}`),
    filters,
    order: { [`${view}.entered_at`]: 'asc' as const },
  }
  return listed(ask, { list, count: `${view}.deals_open`, href }, (row) => ({
    id: textOf(row, `${view}.deal_id`) ?? '',
    title: textOf(row, `${view}.title`),
    stage: textOf(row, `${view}.stage`),
    enteredAt: textOf(row, `${view}.entered_at`),
    url: webAddress(row[`${view}.source_url`]),
  }))
}

/** My clients who bought before and were not contacted for 60 days, the most valuable first. */
export function loadQuiet(ask: Ask, personId: string, today: string): Promise<Listed<QuietClient>> {
  const view = 'clients_report'
  const since = addDays(today, -QUIET_DAYS)
  const filters: MemberFilter[] = [
    own(view, personId),
    { member: `${view}.last_contact_at`, operator: 'beforeDate', values: [since] },
    { member: `${view}.first_won_at`, operator: 'set' },
  ]
  const href = reportHref({
    reportType: view,
    rows: ['client'],
    values: ['won_amount', 'won_deal_count'],
    filters: [
      { member: 'manager_id', operator: 'equals', values: [personId] },
      upTo('last_contact_at', addDays(since, -1)),
      { member: 'first_won_at', operator: 'set', values: [] },
    ],
  })
  const list = {
    measures: [`${view}.won_amount`],
    dimensions: ['client_id', 'client', 'last_contact_at'].map((name) => `${view}.${name}`),
    filters,
    order: { [`${view}.won_amount`]: 'desc' as const },
  }
  return listed(ask, { list, count: `${view}.count`, href }, (row) => ({
    id: textOf(row, `${view}.client_id`) ?? '',
    client: textOf(row, `${view}.client`),
    lastContactAt: textOf(row, `${view}.last_contact_at`),
    wonAmount: textOf(row, `${view}.won_amount`),
  }))
}

import type { Passport } from '#services'
import { reportHref } from '#lib/report-link.ts'
import { inRange, sizeOf, textOf, type Ask } from './ask.ts'
import type { HomeView } from './month.ts'

export type CallRow = {
  readonly managerId: string
  readonly manager: string | null
  readonly count: number
  readonly connected: number
  readonly missed: number
  readonly hours: Readonly<Record<number, { readonly count: number; readonly connected: number }>>
  readonly href: string
}
export type CallsOfDay = {
  /** Local day, YYYY-MM-DD; null when the month has no calls. */
  readonly day: string | null
  readonly isToday: boolean
  readonly rows: readonly CallRow[]
  readonly passport: Passport
}

const MEASURES = ['count', 'connected_count', 'missed_count'].map((name) => `calls_report.${name}`)
const MANAGER = ['calls_report.manager_id', 'calls_report.manager']

/** Calls of the last day in the month that has any, per person and hour, with what came of them. */
export async function loadCalls(ask: Ask, view: HomeView): Promise<CallsOfDay> {
  const latest = await ask({
    measures: ['calls_report.count'],
    timeDimensions: [
      { dimension: 'calls_report.started_at', granularity: 'day', dateRange: [...view.soFar] },
    ],
    order: { 'calls_report.started_at': 'desc' },
    limit: 1,
  })
  const day = dayOf(latest.rows[0])
  if (day === null) return { day, isToday: false, rows: [], passport: latest.passport }
  const timeDimensions = inRange('calls_report.started_at', [day, day])
  const [people, hours] = await Promise.all([
    ask({
      measures: MEASURES,
      dimensions: MANAGER,
      timeDimensions,
      order: { 'calls_report.count': 'desc' },
      limit: 40,
    }),
    ask({
      measures: MEASURES,
      dimensions: ['calls_report.manager_id', 'calls_report.hour_of_day'],
      timeDimensions,
      limit: 2000,
    }),
  ])
  const rows = people.rows.map((row) => callRow(row, hours.rows, { day, whose: view.whose }))
  return { day, isToday: view.isCurrent && day === view.soFar[1], rows, passport: people.passport }
}

type Rows = Awaited<ReturnType<Ask>>['rows']

function dayOf(row: Rows[number] | undefined): string | null {
  const text = textOf(row, 'calls_report.started_at.day') ?? textOf(row, 'calls_report.started_at')
  return text?.slice(0, 10) ?? null
}

type Shown = Pick<HomeView, 'whose'> & { readonly day: string }

function callRow(row: Rows[number], hours: Rows, { day, whose }: Shown): CallRow {
  const managerId = textOf(row, 'calls_report.manager_id') ?? ''
  const own = hours.filter((hour) => textOf(hour, 'calls_report.manager_id') === managerId)
  return {
    managerId,
    manager: textOf(row, 'calls_report.manager'),
    count: sizeOf(row, 'calls_report.count'),
    connected: sizeOf(row, 'calls_report.connected_count'),
    missed: sizeOf(row, 'calls_report.missed_count'),
    hours: Object.fromEntries(
      own.map((hour) => [
        sizeOf(hour, 'calls_report.hour_of_day'),
        {
          count: sizeOf(hour, 'calls_report.count'),
          connected: sizeOf(hour, 'calls_report.connected_count'),
        },
      ]),
    ),
    href: reportHref({
      reportType: 'calls_report',
      rows: ['hour_of_day', 'direction'],
      values: ['count', 'connected_count', 'missed_count', 'talk_seconds'],
      filters: [
        { member: 'manager_id', operator: 'equals', values: [managerId] },
        { member: 'started_at', operator: 'inDateRange', values: [day, day] },
        ...whose,
      ],
    }),
  }
}

import type { FilterClause } from '#semantic/report'
import type { Passport } from '#services'
import { addDays, type DayRange, type MonthView } from '#lib/period/month.ts'
import { reportHref } from '#lib/report-link.ts'
import { inRange, textOf, type Ask } from './ask.ts'

/** What was spent on a channel and what came of it; values are texts of the semantic layer, in the order of `measures`. */
export type ChannelRow = {
  /** Null where nobody knows the way. */
  readonly channel: string | null
  readonly values: readonly (string | null)[]
  readonly href: string
}
export type Channels = {
  readonly measures: Passport['members']
  readonly rows: readonly ChannelRow[]
  /** Whether what anything cost is known; without, no return is. */
  readonly hasSpend: boolean
  readonly href: string
  readonly passport: Passport
}

const VIEW = 'marketing_report'
const VALUES = ['cost', 'leads_count', 'deals_count', 'won_count', 'won_amount', 'romi']
const COST = `${VIEW}.cost`
const DAYS = 90
const SHOWN = 12

/** Channels of the last 90 days with their spend, leads, wins and return; the dearest first. */
export async function loadChannels(ask: Ask, view: MonthView): Promise<Channels> {
  const range: DayRange = [addDays(view.soFar[1], 1 - DAYS), view.soFar[1]]
  const names = VALUES.map((name) => `${VIEW}.${name}`)
  const { rows, passport } = await ask({
    measures: names,
    dimensions: [`${VIEW}.channel`],
    timeDimensions: inRange(`${VIEW}.day`, range),
    order: [
      [COST, 'desc'],
      [`${VIEW}.leads_count`, 'desc'],
      [`${VIEW}.channel`, 'asc'],
    ],
    limit: SHOWN,
  })
  const days: FilterClause = { member: 'day', operator: 'inDateRange', values: [...range] }
  return {
    measures: names.flatMap((name) => passport.members.find((member) => member.name === name) ?? []),
    rows: rows.map((row) => {
      const channel = textOf(row, `${VIEW}.channel`)
      return { channel, values: names.map((name) => textOf(row, name)), href: campaignsOf(channel, days) }
    }),
    hasSpend: rows.some((row) => textOf(row, COST) !== null),
    href: reportHref({ reportType: VIEW, rows: ['channel'], values: VALUES, filters: [days] }),
    passport,
  }
}

/** The campaigns and keywords of a channel. */
function campaignsOf(channel: string | null, days: FilterClause): string {
  const only: FilterClause =
    channel === null
      ? { member: 'channel', operator: 'notSet', values: [] }
      : { member: 'channel', operator: 'equals', values: [channel] }
  return reportHref({
    reportType: VIEW,
    rows: ['campaign', 'keyword'],
    values: VALUES,
    filters: [days, only],
  })
}

import type { Passport } from '#services'
import { addDays, type DayRange, type MonthView } from '#lib/period/month.ts'
import { reportHref } from '#lib/report-link.ts'
import { inRange, sizeOf, textOf, type Ask } from './ask.ts'

export type ChannelRow = {
  readonly source: string | null
  readonly created: string | null
  readonly won: string | null
  readonly winRate: string | null
  readonly wonAmount: string | null
  readonly size: number
  readonly href: string
}
export type Channels = {
  readonly range: DayRange
  readonly rows: readonly ChannelRow[]
  readonly href: string
  readonly passport: Passport
}
export type ClientGroup = {
  readonly name: string | null
  readonly count: string | null
  readonly wonAmount: string | null
  readonly size: number
}
export type ClientGroups = {
  readonly rows: readonly ClientGroup[]
  readonly href: string
  readonly passport: Passport
}

const VIEW = 'deals_report'

/** Deals created in the last 90 days by where they came from, with what became of them so far. */
export async function loadChannels(ask: Ask, view: MonthView): Promise<Channels> {
  const range: DayRange = [addDays(view.soFar[1], -89), view.soFar[1]]
  const { rows, passport } = await ask({
    measures: ['count', 'won_count', 'win_rate', 'won_amount'].map((name) => `${VIEW}.${name}`),
    dimensions: [`${VIEW}.source`],
    timeDimensions: inRange(`${VIEW}.created_at`, range),
    order: { [`${VIEW}.won_amount`]: 'desc' },
    limit: 30,
  })
  const created = { member: 'created_at', operator: 'inDateRange' as const, values: [...range] }
  const values = ['count', 'won_count', 'win_rate', 'won_amount']
  return {
    range,
    passport,
    href: reportHref({ reportType: VIEW, rows: ['source'], values, filters: [created] }),
    rows: rows.map((row) => {
      const source = textOf(row, `${VIEW}.source`)
      const only = { member: 'source', operator: 'equals' as const, values: [source ?? ''] }
      return {
        source,
        created: textOf(row, `${VIEW}.count`),
        won: textOf(row, `${VIEW}.won_count`),
        winRate: textOf(row, `${VIEW}.win_rate`),
        wonAmount: textOf(row, `${VIEW}.won_amount`),
        size: sizeOf(row, `${VIEW}.won_amount`),
        href: reportHref({
          reportType: VIEW,
          rows: ['product', 'status'],
          values,
          filters: source === null ? [created] : [created, only],
        }),
      }
    }),
  }
}

/** Clients by sector with what they bought, the biggest buyers first. */
export async function loadClientGroups(ask: Ask): Promise<ClientGroups> {
  const { rows, passport } = await ask({
    measures: ['clients_report.count', 'clients_report.won_amount'],
    dimensions: ['clients_report.sector'],
    order: { 'clients_report.won_amount': 'desc' },
    limit: 10,
  })
  return {
    passport,
    href: reportHref({ reportType: 'clients_report', rows: ['sector'], values: ['count', 'won_amount'] }),
    rows: rows.map((row) => ({
      name: textOf(row, 'clients_report.sector'),
      count: textOf(row, 'clients_report.count'),
      wonAmount: textOf(row, 'clients_report.won_amount'),
      size: sizeOf(row, 'clients_report.won_amount'),
    })),
  }
}

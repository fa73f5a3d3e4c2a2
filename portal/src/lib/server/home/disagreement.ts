import type { FilterClause } from '#semantic/report'
import type { Passport, Row } from '#services'
import { addMonths, type MonthView } from '#lib/period/month.ts'
import { reportHref } from '#lib/report-link.ts'
import { inRange, sizeOf, textOf, type Ask } from './ask.ts'

/** What one attribution model credits a channel with; its name is that of the measure. */
export type Credit = { readonly model: string; readonly deals: number }

/** A channel on which the attribution models differ: the least generous one, the most generous one, and how far apart. */
export type Disagreement = {
  readonly channel: string
  readonly least: Credit
  readonly most: Credit
  readonly spread: number
}
export type Disagreements = {
  readonly rows: readonly Disagreement[]
  readonly href: string
  readonly passport: Passport
}

const VIEW = 'attribution_report'
const SPREAD = `${VIEW}.spread`
const MODELS = ['first', 'last', 'last_non_direct', 'linear', 'position', 'time_decay', 'markov', 'shapley']
const CREDITS = MODELS.map((model) => `${model}_deals`)
const MONTHS = 12
const SHOWN = 6

/** Channels of the last twelve months on which the attribution models differ, the furthest apart first. */
export async function loadDisagreements(ask: Ask, view: MonthView): Promise<Disagreements> {
  const range = [`${addMonths(view.month, 1 - MONTHS)}-01`, view.range[1]] as const
  const { rows, passport } = await ask({
    measures: [...CREDITS.map((name) => `${VIEW}.${name}`), SPREAD],
    dimensions: [`${VIEW}.channel`],
    timeDimensions: inRange(`${VIEW}.month`, range),
    filters: [{ member: SPREAD, operator: 'gt', values: ['0'] }],
    order: [
      [SPREAD, 'desc'],
      [`${VIEW}.channel`, 'asc'],
    ],
    limit: SHOWN,
  })
  const months: FilterClause = { member: 'month', operator: 'inDateRange', values: [...range] }
  const values = [...CREDITS, 'spread']
  return {
    rows: rows.flatMap((row) => disagreementOf(row, passport.members)),
    href: reportHref({ reportType: VIEW, rows: ['channel'], values, filters: [months] }),
    passport,
  }
}

function disagreementOf(row: Row, members: Passport['members']): readonly Disagreement[] {
  const credits = CREDITS.flatMap((name) => {
    const deals = textOf(row, `${VIEW}.${name}`)
    const model = members.find((member) => member.name === `${VIEW}.${name}`)?.title ?? name
    return deals === null ? [] : [{ model, deals: Number(deals) }]
  }).sort((a, b) => a.deals - b.deals)
  const [least, most] = [credits[0], credits.at(-1)]
  if (least === undefined || most === undefined) return []
  return [{ channel: textOf(row, `${VIEW}.channel`) ?? '', least, most, spread: sizeOf(row, SPREAD) }]
}

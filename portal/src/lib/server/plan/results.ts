import { addMonths, monthRange } from '#lib/period/month.ts'
import type { PlanMetric } from '#lib/plan/state.ts'
import { inRange, textOf, type Ask } from '#lib/server/home/ask.ts'
import { nearestAmount, toHundredths } from '#semantic/plan'

const VIEW = 'targets_report'
/** How many complete months the base is the mean of, and the season is read from. */
const BASE_MONTHS = 6
const SEASON_MONTHS = 60

/** What people reached, as one reader sees it. Amounts are decimal texts. */
export type Results = {
  /** The complete months that a base is made from, the oldest first. */
  readonly months: readonly string[]
  /** By person and month. */
  readonly of: (person: string, month: string) => string
  readonly lastYear: (person: string) => string | null
  /** The month in which the person's first result of any kind falls; null without any, '' when before `months`. */
  readonly began: (person: string) => string | null
  /** The team's complete months from its first on, the oldest first. */
  readonly team: readonly { readonly month: string; readonly value: string }[]
}

type Asked = { readonly month: string; readonly present: string; readonly metric: PlanMetric }

/** Reads what plans for `month` are made from; `present` is the month of today. */
export async function loadResults(ask: Ask, { month, present, metric }: Asked): Promise<Results> {
  const last = addMonths(month < present ? month : present, -1)
  const months = Array.from({ length: BASE_MONTHS }, (_, at) => addMonths(last, at - BASE_MONTHS + 1))
  const first = months[0] ?? last
  const year = addMonths(month, -12)
  const [base, before, seen, earlier, team] = await Promise.all([
    byPerson(ask, [first, last], metric),
    byPerson(ask, [year, year], metric),
    byPerson(ask, [first, last], null),
    people(ask, [addMonths(first, -SEASON_MONTHS), addMonths(first, -1)]),
    teamMonths(ask, [addMonths(last, 1 - SEASON_MONTHS), last], metric),
  ])
  return {
    months,
    of: (person, one) => base.get(`${person} ${one}`) ?? '0',
    lastYear: (person) => before.get(`${person} ${year}`) ?? null,
    began: (person) =>
      earlier.has(person) ? '' : (months.find((one) => isSome(seen.get(`${person} ${one}`))) ?? null),
    team,
  }
}

type Months = readonly [first: string, last: string]
const isSome = (value: string | undefined): boolean => value !== undefined && toHundredths(value) !== 0n

function question([first, last]: Months, metric: PlanMetric | null) {
  return {
    measures: [`${VIEW}.actual_value`],
    timeDimensions: inRange(`${VIEW}.month`, [monthRange(first)[0], monthRange(last)[1]]),
    filters:
      metric === null ? [] : [{ member: `${VIEW}.metric`, operator: 'equals' as const, values: [metric] }],
  }
}

async function byPerson(ask: Ask, months: Months, metric: PlanMetric | null) {
  const asked = question(months, metric)
  const { rows } = await ask({
    ...asked,
    dimensions: [`${VIEW}.manager_id`],
    timeDimensions: asked.timeDimensions.map((each) => ({ ...each, granularity: 'month' })),
    limit: 10_000,
  })
  return new Map(
    rows.map((row) => [`${textOf(row, `${VIEW}.manager_id`)} ${monthOf(row)}`, valueOf(row)] as const),
  )
}

/** Those who had any result in these months. */
async function people(ask: Ask, months: Months): Promise<ReadonlySet<string | null>> {
  const { rows } = await ask({
    ...question(months, null),
    dimensions: [`${VIEW}.manager_id`],
    limit: 10_000,
  })
  return new Set(rows.filter((row) => isSome(valueOf(row))).map((row) => textOf(row, `${VIEW}.manager_id`)))
}

async function teamMonths(ask: Ask, months: Months, metric: PlanMetric): Promise<Results['team']> {
  const asked = question(months, metric)
  const { rows } = await ask({
    ...asked,
    timeDimensions: asked.timeDimensions.map((each) => ({ ...each, granularity: 'month' })),
    limit: SEASON_MONTHS,
  })
  const found = new Map(rows.map((row) => [monthOf(row), valueOf(row)] as const))
  const known = [...found].filter(([, value]) => isSome(value)).map(([month]) => month)
  const all = Array.from({ length: SEASON_MONTHS }, (_, at) => addMonths(months[0], at))
  const begin = known.sort()[0]
  return begin === undefined
    ? []
    : all.filter((month) => month >= begin).map((month) => ({ month, value: found.get(month) ?? '0' }))
}

type Row = Parameters<typeof textOf>[0]

function monthOf(row: Row): string {
  return (textOf(row, `${VIEW}.month.month`) ?? textOf(row, `${VIEW}.month`) ?? '').slice(0, 7)
}

function valueOf(row: Row): string {
  return nearestAmount(textOf(row, `${VIEW}.actual_value`))
}

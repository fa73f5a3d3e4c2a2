import type { CubeQuery, Passport } from '#services'
import type { DayRange } from '#lib/period/month.ts'
import { likelyOf, measureOf, type Likely } from '#semantic/report'
import { reportHref } from '#lib/report-link.ts'
import { inRange, type Ask } from './ask.ts'
import type { HomeView } from './month.ts'

/** One figure with the same figure of the earlier period. Values are decimal text; a rate is a fraction. */
export type Figure = {
  readonly key: 'won_amount' | 'win_rate' | 'won_count' | 'new_deals' | 'calls'
  readonly format: 'money' | 'percent' | 'number'
  readonly value: string | null
  readonly before: string | null
  /** Of how many records the figure is, and where it likely is, where it is a rate. */
  readonly likely: Likely | null
  readonly href: string
  readonly passport: Passport
}

type Source = {
  readonly view: string
  readonly date: string
  readonly measures: readonly string[]
}
const CLOSED: Source = {
  view: 'deals_report',
  date: 'closed_at',
  measures: ['won_amount', 'won_count', 'win_rate', 'closed_count'],
}
const CREATED: Source = { view: 'deals_report', date: 'created_at', measures: ['count'] }
const CALLS: Source = { view: 'calls_report', date: 'started_at', measures: ['count'] }

function queryOf({ view, date, measures }: Source, range: DayRange): CubeQuery {
  return {
    measures: measures.map((name) => `${view}.${name}`),
    timeDimensions: inRange(`${view}.${date}`, range),
    limit: 1,
  }
}

function hrefOf(source: Source, measure: string, { soFar, whose }: HomeView): string {
  return reportHref({
    reportType: source.view,
    rows: ['manager'],
    values: [measure],
    filters: [{ member: source.date, operator: 'inDateRange', values: [...soFar] }, ...whose],
  })
}

const FIGURES = [
  { key: 'won_amount', format: 'money', source: CLOSED, measure: 'won_amount' },
  { key: 'win_rate', format: 'percent', source: CLOSED, measure: 'win_rate' },
  { key: 'won_count', format: 'number', source: CLOSED, measure: 'won_count' },
  { key: 'new_deals', format: 'number', source: CREATED, measure: 'count' },
  { key: 'calls', format: 'number', source: CALLS, measure: 'count' },
] as const

/** The month's figures beside as many working days of the month that it is compared with. */
export async function loadFigures(ask: Ask, view: HomeView): Promise<readonly Figure[]> {
  const sources = [CLOSED, CREATED, CALLS]
  const answers = await Promise.all(
    sources.map(async (source) => ({
      source,
      now: await ask(queryOf(source, view.soFar)),
      before: await ask(queryOf(source, view.compare.range)),
    })),
  )
  return FIGURES.flatMap(({ key, format, source, measure }) => {
    const answer = answers.find((one) => one.source === source)
    if (answer === undefined) return []
    const member = `${source.view}.${measure}`
    const row = answer.now.rows[0]
    return {
      key,
      format,
      value: measureOf(row, member),
      before: measureOf(answer.before.rows[0], member),
      likely: format === 'percent' ? likelyOf(row, member, ['deals_report.closed_count']) : null,
      href: hrefOf(source, measure, view),
      passport: about(
        answer.now.passport,
        key === 'win_rate' ? [member, 'deals_report.closed_count'] : [member],
      ),
    }
  })
}

/** One question answers several figures; each shows its own meaning only. */
function about(passport: Passport, names: readonly string[]): Passport {
  return { ...passport, members: passport.members.filter(({ name }) => names.includes(name)) }
}

import { addMonths, viewMonth, type MonthView } from '#lib/period/month.ts'
import { localDate } from '#semantic/report'
import type { Services } from '#services'
import { textOf, type Ask } from './ask.ts'

const DATES = [
  ['deals_report.count', 'deals_report.closed_at'],
  ['calls_report.count', 'calls_report.started_at'],
] as const

async function latestMonth(ask: Ask): Promise<string | null> {
  const found = await Promise.all(
    DATES.map(async ([measure, dimension]) => {
      const { rows } = await ask({
        measures: [measure],
        timeDimensions: [{ dimension, granularity: 'month' }],
        filters: [{ member: dimension, operator: 'set' }],
        order: { [dimension]: 'desc' },
        limit: 1,
      })
      return textOf(rows[0], `${dimension}.month`)?.slice(0, 7) ?? textOf(rows[0], dimension)?.slice(0, 7)
    }),
  )
  return (
    found
      .filter((month) => month !== undefined)
      .sort()
      .at(-1) ?? null
  )
}

/**
 * The month a home page shows: the one asked for, else the present one, else – where the data ended more
 * than a month ago – the last one that has data.
 */
export async function chooseMonth(
  ask: Ask,
  { config, now }: Pick<Services, 'config' | 'now'>,
  asked: string,
): Promise<MonthView> {
  const { timezone, calendar } = config.company
  const today = localDate({ now: now(), zone: timezone })
  const present = today.slice(0, 7)
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(asked) && asked <= present) return viewMonth(asked, today, calendar)
  const latest = await latestMonth(ask)
  const isCurrent = latest === null || latest >= addMonths(present, -1)
  return viewMonth(isCurrent ? present : latest, today, calendar)
}

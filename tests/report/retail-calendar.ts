import fc from 'fast-check'
import type { FiscalCalendar } from '#semantic/report'

type Retail = NonNullable<FiscalCalendar['retail']>
type Retailer = FiscalCalendar & { readonly retail: Retail }

const DAY = 86_400_000

/** The National Retail Federation's calendar: 4-5-4 from Sunday, ending on the Saturday nearest to the end of January. */
export const NRF: Retailer = {
  firstMonth: 2,
  namedBy: 'start',
  retail: { pattern: '4-5-4', weekStart: 7, yearEnd: 'nearest' },
}

const anyRetail: fc.Arbitrary<Retail> = fc.record({
  pattern: fc.constantFrom('4-4-5', '4-5-4', '5-4-4'),
  weekStart: fc.integer({ min: 1, max: 7 }),
  yearEnd: fc.constantFrom('last', 'nearest'),
})

export const anyRetailCalendar = fc.record({
  firstMonth: fc.integer({ min: 1, max: 12 }),
  namedBy: fc.constantFrom('start' as const, 'end' as const),
  retail: anyRetail,
})

export const anyFiscalCalendar: fc.Arbitrary<FiscalCalendar> = fc.record({
  firstMonth: fc.integer({ min: 1, max: 12 }),
  namedBy: fc.constantFrom('start' as const, 'end' as const),
  retail: fc.option(anyRetail),
})

export type LaidDay = {
  readonly day: string
  readonly year: number
  readonly quarter: number
  readonly period: number
  readonly week: number
}

const addDays = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10)

/** The last day of a retail year whose last month ends that calendar year, found by trying the days around the month's end. */
function lastDay(year: number, { firstMonth, retail }: Retailer): string {
  const monthEnd = addDays(`${year}-${String(firstMonth).padStart(2, '0')}-01`, -1)
  const ends = ((retail.weekStart + 5) % 7) + 1
  const isEnd = (day: string) => (new Date(day).getUTCDay() || 7) === ends
  const tries = retail.yearEnd === 'last' ? [0, -1, -2, -3, -4, -5, -6] : [0, 1, -1, 2, -2, 3, -3]
  const found = tries.map((shift) => addDays(monthEnd, shift)).find(isEnd)
  if (found === undefined) throw new Error('no weekday found')
  return found
}

/** Every day of the years that end in these calendar years, laid out week by week as the definition says. */
export function laidOut([first, last]: readonly [number, number], calendar: Retailer): LaidDay[] {
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return years.flatMap((ending) => {
    const [start, end] = [addDays(lastDay(ending - 1, calendar), 1), lastDay(ending, calendar)]
    // A year from January ends nominally on the last day of the December before.
    const named = calendar.namedBy === 'start' || calendar.firstMonth === 1 ? ending - 1 : ending
    const weeks = (Date.parse(end) + DAY - Date.parse(start)) / (7 * DAY)
    return periodsOf(weeks, calendar.retail).flatMap((period, week) =>
      Array.from({ length: 7 }, (_, step) => ({
        ...{ day: addDays(start, week * 7 + step), year: named },
        ...{ quarter: Math.ceil(period / 3), period, week: week + 1 },
      })),
    )
  })
}

/** The period of each week of a year: twelve times so many as the pattern says, and the last for a 53rd. */
function periodsOf(weeks: number, { pattern }: Retail): number[] {
  const lengths = `${pattern}-${pattern}-${pattern}-${pattern}`.split('-').map(Number)
  const periods = lengths.flatMap((length, index) => Array.from({ length }, () => index + 1))
  return weeks > periods.length ? [...periods, 12] : periods
}

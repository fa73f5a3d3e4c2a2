import type { Clock } from './clock.ts'
import { DAY, HOUR } from './clock.ts'
import type { Random } from './random.ts'

const MONTHS = [0.86, 0.92, 1.06, 1.0, 1.02, 1.04, 0.9, 0.78, 1.08, 1.14, 1.28, 0.98]
const WEEKDAYS = [0.05, 1.1, 1.16, 1.1, 1.06, 0.94, 0.12]
const HOURS = [0, 0, 0, 0, 0, 0, 0, 2, 6, 11, 12, 11, 7, 8, 11, 11, 9, 6, 3, 1.5, 0.6, 0, 0, 0]
const MONTHLY_GROWTH = 1.014

/** How much business the month of a wall time brings, beside an average month. */
export function monthFactor(wall: number): number {
  return MONTHS[new Date(wall).getUTCMonth()] ?? 1
}

export type Period = { readonly from: number; readonly to: number }

/**
 * `count` instants of a period in rising order, denser in strong months, on weekdays, in working hours and
 * later in the period (growth).
 */
export function* seasonalInstants(
  period: Period,
  count: number,
  { random, clock }: { readonly random: Random; readonly clock: Clock },
): Generator<number> {
  const days = weighDays(period, clock)
  const total = days.reduce((sum, day) => sum + day.weight, 0)
  let drawn = 0
  let reached = 0
  for (const day of days) {
    reached += day.weight
    const until = Math.round((count * reached) / total)
    const moments = Array.from({ length: until - drawn }, () => momentOfDay(random))
    for (const moment of moments.sort((a, b) => a - b)) yield clock.instant(day.wall + moment)
    drawn = until
  }
}

/** Shifts an instant to office hours of the same or the next working day. */
export function atOffice(instant: number, { random, clock }: { random: Random; clock: Clock }): number {
  const wall = instant + clock.offset(instant)
  const hour = (wall % DAY) / HOUR
  const weekday = new Date(wall).getUTCDay()
  if (hour >= 8 && hour < 18 && weekday % 6 !== 0) return Math.floor(instant / 1000) * 1000
  let day = Math.floor(wall / DAY) + (hour >= 18 ? 1 : 0)
  while (new Date(day * DAY).getUTCDay() % 6 === 0) day += 1
  const moment = Math.floor((8.5 + random.next() * 8) * 3600) * 1000
  return clock.instant(day * DAY + moment)
}

function weighDays({ from, to }: Period, clock: Clock): { wall: number; weight: number }[] {
  const first = Math.floor((from + clock.offset(from)) / DAY)
  const length = Math.round((to - from) / DAY)
  return Array.from({ length }, (_, index) => {
    const wall = (first + index) * DAY
    const growth = MONTHLY_GROWTH ** (index / 30.44)
    return { wall, weight: monthFactor(wall) * (WEEKDAYS[new Date(wall).getUTCDay()] ?? 1) * growth }
  })
}

function momentOfDay(random: Random): number {
  return random.weighted(HOURS) * HOUR + random.int(0, 3599) * 1000
}

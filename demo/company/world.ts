import { createClock, DAY, type Clock } from './clock.ts'
import { createRandom, type Random } from './random.ts'
import { EMPLOYEES } from './staff.ts'

export const ZONE = 'Europe/Berlin'

export type DemoSize = 'full' | 'miniature'

export type Counts = {
  /** Clients of the CRM: companies, and people who buy for themselves. */
  readonly clients: number
  readonly deals: number
  readonly calls: number
  readonly activities: number
  /** Orders of the web shop and calls of the old telephone system, which come as files. */
  readonly orders: number
  readonly officeCalls: number
}

export const COUNTS: Readonly<Record<DemoSize, Counts>> = {
  full: {
    clients: 20_000,
    deals: 60_000,
    calls: 300_000,
    activities: 90_000,
    orders: 6_000,
    officeCalls: 24_000,
  },
  miniature: { clients: 140, deals: 420, calls: 2_100, activities: 630, orders: 60, officeCalls: 180 },
}

/** What every part of the generated company shares. Times are instants in UTC milliseconds. */
export type World = {
  readonly counts: Counts
  /** The last moment that has happened: 20:00 local time of the as-of day. */
  readonly asOf: number
  /** 36 months that end with the as-of day. */
  readonly period: { readonly from: number; readonly to: number }
  readonly clock: Clock
  random(name: string): Random
}

export function createWorld(size: DemoSize, seed: number, asOfDay: string): World {
  const clock = createClock(ZONE)
  const day = Date.parse(`${asOfDay}T00:00:00Z`)
  const start = new Date(day + DAY)
  start.setUTCMonth(start.getUTCMonth() - 36)
  return {
    counts: COUNTS[size],
    asOf: clock.instant(day + 20 * 3_600_000),
    period: { from: clock.instant(start.getTime()), to: clock.instant(day + DAY) },
    clock,
    random: (name) => createRandom(seed, name),
  }
}

/** The extension by which the telephone systems know an employee. */
export function extensionOf(id: number): string {
  return EMPLOYEES.find((employee) => employee.id === id)?.extension ?? ''
}

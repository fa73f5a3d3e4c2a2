export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** Instants written the way the company's systems write them: in its own time zone. */
export type Clock = {
  /** Milliseconds that local time is ahead of UTC at an instant. */
  offset(instant: number): number
  /** Instant of a local wall time given as if it were UTC milliseconds. */
  instant(wall: number): number
  /** E.g. `2026-09-02T18:37:18+02:00`. */
  iso(instant: number): string
  /** E.g. `02.09.2026 18:37:18`, without any zone. */
  german(instant: number): string
  /** E.g. `2026-09-02`. */
  day(instant: number): string
}

export function createClock(zone: string): Clock {
  const offset = zoneOffsets(zone)
  const wall = (instant: number) => new Date(instant + offset(instant)).toISOString()
  return {
    offset,
    instant: (local) => local - offset(local - offset(local)),
    iso: (instant) => wall(instant).slice(0, 19) + suffix(offset(instant)),
    german: (instant) => germanDate(wall(instant)),
    day: (instant) => wall(instant).slice(0, 10),
  }
}

function zoneOffsets(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  const known = new Map<number, number>()
  return (instant) => {
    const hour = Math.floor(instant / HOUR)
    const found = known.get(hour)
    if (found !== undefined) return found
    const measured = measureOffset(format, hour * HOUR)
    known.set(hour, measured)
    return measured
  }
}

function measureOffset(format: Intl.DateTimeFormat, instant: number): number {
  const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name)
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return (match[1] === '-' ? -minutes : minutes) * 60_000
}

function suffix(offset: number): string {
  const minutes = Math.abs(offset) / 60_000
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}

function germanDate(iso: string): string {
  return `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)} ${iso.slice(11, 19)}`
}

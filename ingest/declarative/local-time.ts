/** For a time zone: the instant of a wall time, both in milliseconds as if they were UTC. */
export function localInstants(zone: string): (wall: number) => number {
  const offset = offsets(zone)
  return (wall) => wall - offset(wall - offset(wall))
}

/** For a time zone: the wall time of an instant, in milliseconds as if it were UTC. */
export function wallTimes(zone: string): (instant: number) => number {
  const offset = offsets(zone)
  return (instant) => instant + offset(instant)
}

function offsets(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  return (instant) => parseOffset(format.formatToParts(instant))
}

function parseOffset(parts: readonly Intl.DateTimeFormatPart[]): number {
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []
  const milliseconds = (Number(hours) * 60 + Number(minutes)) * 60_000
  return sign === '-' ? -milliseconds : milliseconds
}

/** For a time zone: the instant of a wall time, both in milliseconds as if they were UTC. */
export function localInstants(zone: string): (wall: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  const offset = (instant: number) => parseOffset(format.formatToParts(instant))
  return (wall) => wall - offset(wall - offset(wall))
}

function parseOffset(parts: readonly Intl.DateTimeFormatPart[]): number {
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []
  const milliseconds = (Number(hours) * 60 + Number(minutes)) * 60_000
  return sign === '-' ? -milliseconds : milliseconds
}

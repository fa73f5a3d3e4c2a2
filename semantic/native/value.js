'use strict'

const CLOCK = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d`
const SHAPE = new RegExp(
  String.raw`^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([T ])(${CLOCK})(\.\d+)?(Z|[+-]\d\d:\d\d| [A-Za-z][\w/+-]*| [+-]\d\d:?\d\d)?$`,
)

/**
 * Turns a time string of a driver into `YYYY-MM-DDTHH:MM:SS.mmm`. The wall clock is kept and the zone
 * dropped, not applied. Anything that is not one of the known time formats is returned as it is.
 */
function formatTime(value) {
  if (typeof value !== 'string') return value
  const match = SHAPE.exec(value)
  if (match === null) return value
  const [, year, month, day, separator, clock, fraction = '', zone = ''] = match
  if (!isKnownFormat(separator, fraction, zone) || !isDay(year, month, day)) return value
  return `${year}-${month}-${day}T${clock}.${fraction.slice(1, 4).padEnd(3, '0')}`
}

function isKnownFormat(separator, fraction, zone) {
  if (separator === ' ') return zone === '' || zone.startsWith(' ')
  return zone === '' ? fraction === '' : !zone.startsWith(' ')
}

function isDay(year, month, day) {
  if (day < 29) return true
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === Number(day)
}

/** A cell as the API shows it: times without zone, absent values as null, everything else untouched. */
function convertValue(value, isTime) {
  if (value === undefined || value === null) return null
  return isTime ? formatTime(value) : value
}

module.exports = { convertValue, formatTime }

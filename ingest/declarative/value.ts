import type { FieldType } from './definition-column.ts'

/** A value ready for its column. Times and days are milliseconds since 1970 in UTC. */
export type Value = string | number | bigint | boolean | null

/** `misfit`: the service sent something that the column cannot hold. */
export type Reading = { readonly value: Value; readonly isMisfit: boolean }

const NOTHING: Reading = { value: null, isMisfit: false }
const MISFIT: Reading = { value: null, isMisfit: true }

export type ReadOptions = {
  readonly none: readonly string[]
  /** How many parts make one, e.g. 100 for an amount in cents. */
  readonly divide?: number | undefined
  /** Instant of a wall time without an offset, given as if it were UTC milliseconds. */
  readonly localInstant: (wall: number) => number
}

/** Reads a raw value as a type; blanks, empty maps and the `none` values are nothing. */
export function readValue(raw: unknown, type: FieldType, options: ReadOptions): Reading {
  if (raw === null || raw === undefined || raw === '') return NOTHING
  if (type === 'json') return fit(JSON.stringify(raw))
  if (typeof raw === 'object')
    return isEmpty(raw) ? NOTHING : type === 'text' ? fit(JSON.stringify(raw)) : MISFIT
  if (options.none.includes(String(raw))) return NOTHING
  return readScalar(raw, type, options)
}

function readScalar(raw: unknown, type: Exclude<FieldType, 'json'>, options: ReadOptions): Reading {
  const text = String(raw)
  switch (type) {
    case 'text':
      return fit(text)
    case 'bigint':
      return /^-?\d{1,18}(\.0+)?$/.test(text) ? fit(BigInt(text.replace(/\..*$/, ''))) : MISFIT
    case 'integer':
      return /^-?\d{1,9}(\.0+)?$/.test(text) ? fit(Number(text)) : MISFIT
    case 'decimal':
      return readDecimal(text, options.divide)
    case 'boolean':
      return readBoolean(text)
    case 'timestamp':
      return readInstant(text, options.localInstant)
    case 'date':
      return readInstant(text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3').slice(0, 10), (wall) => wall)
    case 'unix':
      return readEpoch(text, 1000)
    case 'unix_ms':
      return readEpoch(text, 1)
    case 'dotnet':
      return readDotnet(text, options.localInstant)
  }
}

/** Exact: the point is moved in the text. */
function readDecimal(text: string, divide: number | undefined): Reading {
  if (!/^-?\d{1,14}(\.\d+)?$/.test(text)) return MISFIT
  if (divide === undefined) return fit(text)
  const places = Math.round(Math.log10(divide))
  const [whole = '', part = ''] = text.replace('-', '').split('.')
  const digits = whole.padStart(places + 1, '0')
  const moved = `${digits.slice(0, -places)}.${digits.slice(-places)}${part}`
  return fit(text.startsWith('-') ? `-${moved}` : moved)
}

const FIRST_YEAR = Date.parse('1900-01-01')
const LAST_YEAR = Date.parse('2200-01-01')

function readEpoch(text: string, unitMs: number): Reading {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return MISFIT
  const instant = Math.trunc(Number(text) * unitMs)
  return instant > FIRST_YEAR && instant < LAST_YEAR ? fit(instant) : MISFIT
}

/** `/Date(1790000000000)/` or `/Date(1790000000000+0300)/`: milliseconds in UTC, the offset only tells the zone. */
function readDotnet(text: string, localInstant: (wall: number) => number): Reading {
  const [, ms] = /^\/Date\((-?\d+)([+-]\d{4})?\)\/$/.exec(text) ?? []
  return ms === undefined ? readInstant(text, localInstant) : readEpoch(ms, 1)
}

function fit(value: Value): Reading {
  return { value, isMisfit: false }
}

function isEmpty(raw: object): boolean {
  return Object.keys(raw).length === 0
}

function readBoolean(text: string): Reading {
  if (['Y', 'y', '1', 'true'].includes(text)) return fit(true)
  return ['N', 'n', '0', 'false'].includes(text) ? fit(false) : MISFIT
}

const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(Z|[+-]\d\d:?\d\d)?$/

function readInstant(text: string, localInstant: (wall: number) => number): Reading {
  const [, day, time = '00:00', zone] = TIME.exec(text) ?? []
  if (day === undefined) return MISFIT
  const wall = Date.parse(`${day}T${time}Z`)
  if (Number.isNaN(wall) || !isRealDay(day)) return MISFIT
  return fit(zone === undefined ? localInstant(wall) : wall - offsetOf(zone))
}

// JavaScript takes 31 February for 3 March.
function isRealDay(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}

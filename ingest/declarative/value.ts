import type { FieldType } from './definition.ts'

/** A value ready for its column. Times are milliseconds since 1970 in UTC. */
export type Value = string | number | bigint | boolean | null

/** `misfit`: the service sent something that the column cannot hold. */
export type Reading = { readonly value: Value; readonly isMisfit: boolean }

const NOTHING: Reading = { value: null, isMisfit: false }
const MISFIT: Reading = { value: null, isMisfit: true }

export type ReadOptions = {
  readonly none: readonly string[]
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
      return /^-?\d{1,18}$/.test(text) ? fit(BigInt(text)) : MISFIT
    case 'integer':
      return /^-?\d{1,9}$/.test(text) ? fit(Number(text)) : MISFIT
    case 'decimal':
      return /^-?\d{1,14}(\.\d+)?$/.test(text) ? fit(text) : MISFIT
    case 'boolean':
      return readBoolean(text)
    case 'timestamp':
      return readInstant(text, options.localInstant)
  }
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

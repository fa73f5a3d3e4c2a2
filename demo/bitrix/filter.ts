import { isMap, type Parameters } from './parameters.ts'

export type Condition = { readonly field: string; readonly operator: string; readonly value: unknown }

// Longest first, so that `>=` is not read as `>`.
const OPERATORS = ['!=%', '!%', '!=', '!@', '=%', '%=', '>=', '<=', '>', '<', '@', '%', '!', '=']

/** Conditions of a filter whose keys carry their operators, e.g. `{">=updatedTime": "…"}`. */
export function readConditions(filter: unknown): readonly Condition[] {
  if (!isMap(filter)) return []
  return Object.entries(filter).map(([key, value]) => {
    const operator = OPERATORS.find((each) => key.startsWith(each)) ?? ''
    return { field: key.slice(operator.length), operator, value }
  })
}

export function matches(record: Parameters, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => holds(record[condition.field], condition))
}

/** Whether a stored value meets a condition; times compare as instants, numbers as numbers. */
export function holds(stored: unknown, { operator, value }: Condition): boolean {
  switch (operator) {
    case '>':
      return compare(stored, value) > 0
    case '>=':
      return compare(stored, value) >= 0
    case '<':
      return compare(stored, value) < 0
    case '<=':
      return compare(stored, value) <= 0
    case '@':
      return listOf(value).some((each) => compare(stored, each) === 0)
    case '!@':
      return !listOf(value).some((each) => compare(stored, each) === 0)
    case '!':
    case '!=':
      return compare(stored, value) !== 0
    case '%':
    case '%=':
    case '=%':
      return containsText(stored, value)
    case '!%':
    case '!=%':
      return !containsText(stored, value)
    default:
      return Array.isArray(value)
        ? value.some((each) => compare(stored, each) === 0)
        : compare(stored, value) === 0
  }
}

/** A list of a filter, which a query writes as a map by position. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return isMap(value) ? Object.values(value) : [value]
}

function containsText(stored: unknown, value: unknown): boolean {
  return String(stored ?? '')
    .toLowerCase()
    .includes(String(value).replaceAll('%', '').toLowerCase())
}

export function compare(left: unknown, right: unknown): number {
  const [a, b] = [comparable(left), comparable(right)]
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}

function comparable(value: unknown): number | string {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  const text = String(value ?? '')
  if (text !== '' && Number.isFinite(Number(text))) return Number(text)
  return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)) ? Date.parse(text) : text
}

import type { FakeRecord } from './table.ts'

const CONDITION = /^\(*([\p{L}\w/]+) (eq|ne|gt|ge|lt|le) (?:guid|datetimeoffset|datetime)?'?([^')]*)'?\)*$/u

/** `$filter` as far as connectors use it: comparisons joined by `or` of `and`. Null when it is not understood. */
export function filterOf(text: string | null): ((row: FakeRecord) => boolean) | null {
  if (text === null) return () => true
  const groups = text.split(' or ').map((group) => group.split(' and ').map(conditionOf))
  if (groups.flat().includes(null)) return null
  return (row) => groups.some((group) => group.every((holds) => holds?.(row)))
}

function conditionOf(text: string): ((row: FakeRecord) => boolean) | null {
  const [, field = '', operator = '', literal = ''] = CONDITION.exec(text.trim()) ?? []
  if (field === '') return null
  const wanted = comparable(literal)
  return (row) => {
    const found = comparable(row[field])
    const order = found === wanted ? 0 : found < wanted ? -1 : 1
    return (
      { eq: order === 0, ne: order !== 0, gt: order > 0, ge: order >= 0, lt: order < 0, le: order <= 0 }[
        operator
      ] === true
    )
  }
}

/** Times of every dialect as milliseconds, so that a row and a literal compare; anything else as text. */
function comparable(value: unknown): number | string {
  const text = String(value ?? '')
  const [, ms] = /^\/Date\((-?\d+)/.exec(text) ?? []
  if (ms !== undefined) return Number(ms)
  if (/^\d{4}-\d\d-\d\d(T|$)/.test(text))
    return Date.parse(text.endsWith('Z') || text.length < 12 ? text : `${text}Z`)
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

/** `$orderby`: fields, each with an optional direction. */
export function orderOf(text: string | null): (a: FakeRecord, b: FakeRecord) => number {
  const fields = (text ?? '').split(',').flatMap((part) => {
    const [name = '', direction] = part.trim().split(' ')
    return name === '' ? [] : [{ name, sign: direction === 'desc' ? -1 : 1 }]
  })
  return (a, b) => {
    for (const { name, sign } of fields) {
      const [left, right] = [comparable(a[name]), comparable(b[name])]
      if (left !== right) return left < right ? -sign : sign
    }
    return 0
  }
}

/** `$select`: those fields alone. */
export function selectOf(text: string | null): (row: FakeRecord) => FakeRecord {
  if (text === null || text === '*') return (row) => row
  const names = text.split(',').map((name) => name.trim())
  return (row) => Object.fromEntries(names.filter((name) => name in row).map((name) => [name, row[name]]))
}

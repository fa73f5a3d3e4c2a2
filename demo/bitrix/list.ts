import { compare, holds, listOf, matches, readConditions, type Condition } from './filter.ts'
import { TABLES, type ListMethod } from './method.ts'
import { isMap, parameter, type Parameters } from './parameters.ts'
import type { Table } from './table.ts'

export const PAGE = 50

/** One page of a list: its rows as JSON texts, and what the offset style says about the others. */
export type Page = {
  readonly rows: readonly string[]
  readonly container: string | null
  readonly total: number
  readonly next: number | null
}

type Query = {
  readonly method: ListMethod
  readonly above: number
  readonly changed: readonly Condition[]
  readonly others: readonly Condition[]
  readonly start: number
  readonly order: { readonly field: string; readonly isDescending: boolean } | null
  readonly select: readonly string[] | null
}

/** Answers a list call. `start: -1` skips counting; with `repeatsBorder` the row before the page comes once more. */
export function listPage(
  table: Table,
  method: ListMethod,
  options: { given: Parameters; repeatsBorder: boolean },
): Page {
  const query = readQuery(method, options.given)
  const isKeyset = query.start < 0 && query.order === null
  const positions = isKeyset ? keyset(table, query, options.repeatsBorder) : ordered(table, query)
  const from = Math.max(query.start, 0)
  const shown = method.isPaged ? positions.slice(from, from + PAGE) : positions
  const more = method.isPaged && query.start >= 0 && from + PAGE < positions.length
  return {
    rows: shown.map((position) => project(table.textAt(position), query.select)),
    container: method.container,
    total: query.start < 0 ? 0 : positions.length,
    next: more ? from + PAGE : null,
  }
}

function readQuery(method: ListMethod, given: Parameters): Query {
  const { id, changed } = TABLES[method.table]
  const named = method.named ?? ((name: string) => name)
  const filter = readConditions(parameter(given, 'filter') ?? plainFilter(method, given))
  const conditions = filter.map((each) => ({ ...each, field: named(each.field) }))
  const isKey = (each: Condition) => each.field === id && each.operator === '>'
  const isChange = (each: Condition) => each.field === changed && each.operator === '>='
  return {
    method,
    above:
      Math.max(0, ...conditions.filter(isKey).map((each) => Number(each.value) || 0)) ||
      belowAll(conditions, isKey),
    changed: conditions.filter(isChange),
    others: conditions.filter((each) => !isKey(each) && !isChange(each)),
    start: Number(parameter(given, 'start') ?? 0) || 0,
    order: readOrder(method, given),
    select: readSelect(parameter(given, 'select'))?.map(named) ?? null,
  }
}

// The default pipeline has the id 0, so without a key condition everything above -1 is asked for.
function belowAll(conditions: readonly Condition[], isKey: (each: Condition) => boolean): number {
  return conditions.some(isKey) ? 0 : -1
}

// `department.get` takes its conditions beside the paging parameters.
function plainFilter(method: ListMethod, given: Parameters): Parameters {
  if (method.table !== 'departments') return {}
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => ['ID', 'NAME', 'PARENT', 'UF_HEAD'].includes(name)),
  )
}

function readOrder(method: ListMethod, given: Parameters): Query['order'] {
  const order = parameter(given, 'order')
  const [field, direction] = isMap(order)
    ? (Object.entries(order)[0] ?? [])
    : [parameter(given, 'sort'), order]
  const isDescending = String(direction).toUpperCase() === 'DESC'
  const isById = field === undefined || String(field).toLowerCase() === 'id'
  return isById && !isDescending
    ? null
    : { field: isById ? TABLES[method.table].id : String(field), isDescending }
}

function readSelect(select: unknown): readonly string[] | null {
  const names = Array.isArray(select)
    ? select.map(String)
    : isMap(select)
      ? Object.values(select).map(String)
      : []
  return names.length === 0 || names.includes('*') ? null : names
}

function keyset(table: Table, query: Query, repeatsBorder: boolean): number[] {
  const found: number[] = []
  const first = table.after(query.above)
  const start = repeatsBorder && query.above > 0 && first > 0 ? first - 1 : first
  for (const position of candidates(table, query, start)) {
    if (found.length === PAGE) break
    if (isWanted(table, position, query)) found.push(position)
  }
  return found
}

/** Positions from `start` on; only those of the owners that are asked for, where the table is kept by owner. */
function* candidates(table: Table, { method, others }: Query, start: number): Generator<number> {
  const kept = TABLES[method.table]
  const owner = 'owner' in kept ? others.find(({ field }) => field === kept.owner) : undefined
  if (owner === undefined) for (let position = start; position < table.size; position += 1) yield position
  else
    for (const position of table.having(owner.field, listOf(owner.value)))
      if (position >= start) yield position
}

function ordered(table: Table, query: Query): number[] {
  const found: number[] = []
  for (let position = table.after(query.above); position < table.size; position += 1)
    if (isWanted(table, position, query)) found.push(position)
  if (query.order === null) return found
  const { field, isDescending } = query.order
  const values = new Map(found.map((position) => [position, parseRow(table.textAt(position))[field]]))
  return found.sort((a, b) => compare(values.get(a), values.get(b)) * (isDescending ? -1 : 1))
}

function isWanted(table: Table, position: number, { changed, others }: Query): boolean {
  if (
    !changed.every((each) =>
      holds(table.changedAt(position), { ...each, value: Date.parse(String(each.value)) }),
    )
  )
    return false
  return others.length === 0 || matches(parseRow(table.textAt(position)), others)
}

function project(text: string, select: readonly string[] | null): string {
  if (select === null) return text
  const record = parseRow(text)
  return JSON.stringify(Object.fromEntries(Object.entries(record).filter(([name]) => select.includes(name))))
}

export function parseRow(text: string): Parameters {
  const row: unknown = JSON.parse(text)
  return isMap(row) ? row : {}
}

import type { TableState } from './cursor.ts'
import type { Column } from './driver.ts'
import { readPages } from './pages.ts'
import type { Page } from './pages.ts'
import { ALL } from './table.ts'
import type { Table } from './table.ts'

export type ReadOptions = {
  readonly before: TableState | undefined
  readonly pageRows: number
  readonly newPath: () => string
}

/** What a page brought, with the state after it. `isWhole`: the table was read from its start, so all its rows came. */
export type Step = { readonly page: Page | null; readonly state: TableState; readonly isWhole: boolean }

/**
 * Reads a table from where its state stands: all of it by key, or what changed since the last time. The mark for the
 * next time is taken before reading, so what changes meanwhile is read again then.
 */
export async function* readTable(table: Table, options: ReadOptions): AsyncGenerator<Step> {
  const state = startOf(table, options.before)
  const next = state.next ?? (await markOf(table))
  const reading = { ...state, next }
  const isWhole = state.phase === 'all'
  const plan = isWhole ? { where: ALL, inner: ALL, order: table.key } : await changedRows(table, state.since)
  // A mark too old to tell what changed: all is read again.
  if (plan === null) return yield* readTable(table, { ...options, before: undefined })
  const { columns } = table
  for await (const page of readPages(table, { ...options, ...plan, columns, after: state.after })) {
    yield { page, state: { ...reading, after: page.after === null ? null : [...page.after] }, isWhole }
  }
  const phase = table.changes.kind === 'none' ? 'all' : 'changes'
  yield { page: null, state: { hash: table.hash, phase, after: null, since: next, next: null }, isWhole }
}

function startOf(table: Table, before: TableState | undefined): TableState {
  if (before?.hash === table.hash) return before
  return { hash: table.hash, phase: 'all', after: null, since: null, next: null }
}

/** The newest moment that rows were changed at. Dates ahead of today are left out, or nothing would follow them. */
async function markOf(table: Table): Promise<string | null> {
  const { changes, driver, mapping } = table
  if (changes.kind === 'none') return null
  if (changes.kind === 'tracked') return (await driver.changes?.mark()) ?? null
  const { column } = changes
  const name = `src.${driver.quote(column.name)}`
  const from =
    mapping.updatedIn === undefined ? table.from(ALL) : `${quotedTable(table, mapping.updatedIn)} as src`
  const limit = column.kind === 'number' ? `${name} is not null` : `${name} <= ${driver.tomorrow}`
  return driver.value(`select ${column.raw} from ${from} where ${limit} order by ${name} desc limit 1`)
}

function quotedTable({ driver }: Table, name: string): string {
  return name.split('.').map(driver.quote).join('.')
}

async function changedRows(table: Table, since: string | null) {
  const { changes, driver, key } = table
  if (since === null || changes.kind === 'none') return { where: ALL, inner: ALL, order: key }
  if (changes.kind === 'tracked') {
    const where = await driver.changes?.changedSince(since)
    return typeof where === 'string' ? { where, inner: ALL, order: key } : null
  }
  const { column, isInner } = changes
  const newer = newerSql(table, column, since)
  return isInner
    ? { where: ALL, inner: `${driver.quote(column.name)} ${newer}`, order: key }
    : { where: `src.${driver.quote(column.name)} ${newer}`, inner: ALL, order: [column, ...key] }
}

function newerSql({ driver, mapping }: Table, { kind }: Column, since: string): string {
  const literal = driver.literal(since, kind)
  return `>= ${kind === 'number' ? literal : driver.minutesBefore(literal, kind, mapping.overlapMinutes)}`
}

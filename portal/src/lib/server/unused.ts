import type { CubeQuery, MemberFilter, Passport, Reader } from '#services'
import { sizeOf, textOf, type Ask } from './home/ask.ts'

/** Rows of one source that could not be used for one reason. `column` is null when the whole row is meant. */
export type UnusedGroup = {
  readonly source: string
  readonly entity: string
  readonly column: string | null
  readonly reason: string
  readonly rows: number
}
export type UnusedGroups = { readonly groups: readonly UnusedGroup[]; readonly passport: Passport }

/** One row as its source sent it; `value` and `record` are null for a reader who may not see personal data. */
export type UnusedRow = Omit<UnusedGroup, 'rows'> & {
  readonly id: string
  readonly file: string | null
  readonly line: string | null
  readonly value: string | null
  readonly record: string | null
  readonly arrivedAt: string | null
}
export type UnusedRows = {
  readonly rows: readonly UnusedRow[]
  readonly isComplete: boolean
  readonly passport: Passport
}

/** The rows a page asks for; what is left out is not filtered. An empty `column` means the whole row. */
export type UnusedChoice = Partial<Record<'origin' | 'entity' | 'column_name' | 'reason', string>>

const VIEW = 'unused_rows_report'
const PLACE = ['quarantine_id', 'origin', 'entity', 'column_name', 'reason', 'file', 'line', 'arrived_at']
const CONTENT = ['value', 'record']

/** Unused rows on one page. */
export const PAGE_SIZE = 50

/** What waits, by source, entity, field and reason, the most rows first. */
export async function loadUnusedGroups(ask: Ask, limit = 500): Promise<UnusedGroups> {
  const { rows, passport } = await ask({
    measures: [`${VIEW}.rows_count`],
    dimensions: ['origin', 'entity', 'column_name', 'reason'].map((name) => `${VIEW}.${name}`),
    order: [[`${VIEW}.rows_count`, 'desc']],
    limit,
  })
  const groups = rows.map((row) => ({
    source: textOf(row, `${VIEW}.origin`) ?? '',
    entity: textOf(row, `${VIEW}.entity`) ?? '',
    column: textOf(row, `${VIEW}.column_name`),
    reason: textOf(row, `${VIEW}.reason`) ?? '',
    rows: sizeOf(row, `${VIEW}.rows_count`),
  }))
  return { groups, passport }
}

/** Asks for the rows chosen, the newest first, with what the reader may see of them. */
export function unusedQuery({ role }: Pick<Reader, 'role'>, choice: UnusedChoice): CubeQuery {
  const fields = role === 'administrator' ? [...PLACE, ...CONTENT] : PLACE
  return {
    dimensions: fields.map((name) => `${VIEW}.${name}`),
    filters: filtersOf(choice),
    order: [
      [`${VIEW}.arrived_at`, 'desc'],
      [`${VIEW}.file`, 'asc'],
      [`${VIEW}.line`, 'asc'],
      [`${VIEW}.quarantine_id`, 'asc'],
    ],
  }
}

/** The rows themselves, the newest first, a page at a time; the first page is 1. */
export async function loadUnusedRows(
  ask: Ask,
  reader: Pick<Reader, 'role'>,
  { choice, page }: { readonly choice: UnusedChoice; readonly page: number },
): Promise<UnusedRows> {
  const part = { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }
  const { rows, passport, isComplete } = await ask({ ...unusedQuery(reader, choice), ...part })
  const found = rows.map((row) => ({
    id: textOf(row, `${VIEW}.quarantine_id`) ?? '',
    source: textOf(row, `${VIEW}.origin`) ?? '',
    entity: textOf(row, `${VIEW}.entity`) ?? '',
    column: textOf(row, `${VIEW}.column_name`),
    reason: textOf(row, `${VIEW}.reason`) ?? '',
    file: textOf(row, `${VIEW}.file`),
    line: textOf(row, `${VIEW}.line`),
    value: textOf(row, `${VIEW}.value`),
    record: textOf(row, `${VIEW}.record`),
    arrivedAt: textOf(row, `${VIEW}.arrived_at`),
  }))
  return { rows: found, passport, isComplete }
}

function filtersOf(choice: UnusedChoice): MemberFilter[] {
  return Object.entries(choice).map(([name, value]) =>
    value === ''
      ? { member: `${VIEW}.${name}`, operator: 'notSet' }
      : { member: `${VIEW}.${name}`, operator: 'equals', values: [value] },
  )
}

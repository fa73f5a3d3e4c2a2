import type { Passport } from '#services'
import { sizeOf, textOf, type Ask } from './home/ask.ts'

export type FindingGroup = {
  readonly check: string
  readonly severity: string
  readonly entity: string | null
  readonly findings: number
  readonly rows: number
}
export type FindingGroups = { readonly groups: readonly FindingGroup[]; readonly passport: Passport }

const VIEW = 'data_quality_report'

/** What the checks of the last build found, the gravest and most frequent first. */
export async function loadFindings(ask: Ask, limit = 500): Promise<FindingGroups> {
  const { rows, passport } = await ask({
    measures: [`${VIEW}.findings_count`, `${VIEW}.found_rows`],
    dimensions: ['check_name', 'severity', 'gravity', 'entity'].map((name) => `${VIEW}.${name}`),
    order: [
      [`${VIEW}.gravity`, 'asc'],
      [`${VIEW}.findings_count`, 'desc'],
      [`${VIEW}.check_name`, 'asc'],
    ],
    limit,
  })
  const groups = rows.map((row) => ({
    check: textOf(row, `${VIEW}.check_name`) ?? '',
    severity: textOf(row, `${VIEW}.severity`) ?? 'info',
    entity: textOf(row, `${VIEW}.entity`),
    findings: sizeOf(row, `${VIEW}.findings_count`),
    rows: sizeOf(row, `${VIEW}.found_rows`),
  }))
  return { groups, passport }
}

export type FindingRow = {
  readonly check: string
  readonly entity: string | null
  readonly key: string
  readonly severity: string
  readonly label: string | null
  readonly value: string | null
  readonly suggestion: string | null
  readonly message: string | null
  readonly origin: string | null
  readonly rows: number
}
export type FindingRows = {
  readonly rows: readonly FindingRow[]
  readonly isComplete: boolean
  readonly passport: Passport
}

/** Findings on one page. */
export const PAGE_SIZE = 50
const FIELDS = [
  'check_name',
  'severity',
  'gravity',
  'entity',
  'record_key',
  'record_label',
  'value',
  'suggestion',
  'message',
  'origin',
]

/** Single findings of one check, or of all, the gravest first, a page at a time; the first page is 1. */
export async function loadFindingRows(ask: Ask, check: string, page: number): Promise<FindingRows> {
  const { rows, passport, isComplete } = await ask({
    measures: [`${VIEW}.found_rows`],
    dimensions: FIELDS.map((name) => `${VIEW}.${name}`),
    filters: check === '' ? [] : [{ member: `${VIEW}.check_name`, operator: 'equals', values: [check] }],
    order: [
      [`${VIEW}.gravity`, 'asc'],
      [`${VIEW}.check_name`, 'asc'],
      [`${VIEW}.record_label`, 'asc'],
    ],
    limit: PAGE_SIZE,
    offset: (page - 1) * PAGE_SIZE,
  })
  return {
    isComplete,
    passport,
    rows: rows.map((row) => ({
      check: textOf(row, `${VIEW}.check_name`) ?? '',
      entity: textOf(row, `${VIEW}.entity`),
      key: textOf(row, `${VIEW}.record_key`) ?? '',
      severity: textOf(row, `${VIEW}.severity`) ?? 'info',
      label: textOf(row, `${VIEW}.record_label`) ?? textOf(row, `${VIEW}.record_key`),
      value: textOf(row, `${VIEW}.value`),
      suggestion: textOf(row, `${VIEW}.suggestion`),
      message: textOf(row, `${VIEW}.message`),
      origin: textOf(row, `${VIEW}.origin`),
      rows: sizeOf(row, `${VIEW}.found_rows`),
    })),
  }
}

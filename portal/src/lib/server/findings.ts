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
const GRAVITY: Readonly<Record<string, number>> = { error: 0, warning: 1, warn: 1, info: 2 }

/** What the checks of the last build found, the gravest and most frequent first. */
export async function loadFindings(ask: Ask): Promise<FindingGroups> {
  const { rows, passport } = await ask({
    measures: [`${VIEW}.findings_count`, `${VIEW}.found_rows`],
    dimensions: ['check_name', 'severity', 'entity'].map((name) => `${VIEW}.${name}`),
    limit: 500,
  })
  const groups = rows.map((row) => ({
    check: textOf(row, `${VIEW}.check_name`) ?? '',
    severity: textOf(row, `${VIEW}.severity`) ?? 'info',
    entity: textOf(row, `${VIEW}.entity`),
    findings: sizeOf(row, `${VIEW}.findings_count`),
    rows: sizeOf(row, `${VIEW}.found_rows`),
  }))
  const gravity = (severity: string): number => GRAVITY[severity] ?? 3
  return {
    groups: groups.sort((a, b) => gravity(a.severity) - gravity(b.severity) || b.findings - a.findings),
    passport,
  }
}

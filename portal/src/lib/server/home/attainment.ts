import type { Passport } from '#services'
import { reportHref } from '#lib/report-link.ts'
import { inRange, ofDepartments, sizeOf, textOf, type Ask } from './ask.ts'
import type { HomeView } from './month.ts'

/** One person's plan of the month. Money is decimal text in company currency. */
export type PlanRow = {
  readonly managerId: string
  readonly manager: string | null
  readonly target: string | null
  readonly actual: string | null
  /** Fraction of the target; null without one. */
  readonly attainment: string | null
  readonly href: string
}
export type Plan = {
  readonly rows: readonly PlanRow[]
  readonly total: Pick<PlanRow, 'target' | 'actual' | 'attainment'> | null
  readonly passport: Passport
}

const MEASURES = ['target_value', 'actual_value', 'attainment'].map((name) => `targets_report.${name}`)

/** Sales of the month against plan, per person and together, each asked for at its own grain. */
export async function loadPlan(ask: Ask, view: HomeView, personId: string | null): Promise<Plan> {
  const base = {
    measures: MEASURES,
    timeDimensions: inRange('targets_report.month', view.range),
    filters: [
      { member: 'targets_report.metric', operator: 'equals' as const, values: ['won_amount'] },
      ...(personId === null
        ? []
        : [{ member: 'targets_report.manager_id', operator: 'equals' as const, values: [personId] }]),
    ],
  }
  const [people, total] = await Promise.all([
    ask({ ...base, dimensions: ['targets_report.manager_id', 'targets_report.manager'], limit: 500 }),
    ask({ ...base, limit: 1 }),
  ])
  const rows = people.rows.map((row) => ({
    managerId: textOf(row, 'targets_report.manager_id') ?? '',
    manager: textOf(row, 'targets_report.manager'),
    target: textOf(row, 'targets_report.target_value'),
    actual: textOf(row, 'targets_report.actual_value'),
    attainment: textOf(row, 'targets_report.attainment'),
    href: dealsOf(textOf(row, 'targets_report.manager_id') ?? '', view),
  }))
  const whole = total.rows[0]
  const hasTarget = sizeOf(whole, 'targets_report.target_value') > 0
  return {
    rows: rows.sort((a, b) => Number(b.attainment ?? -1) - Number(a.attainment ?? -1)),
    total: hasTarget
      ? {
          target: textOf(whole, 'targets_report.target_value'),
          actual: textOf(whole, 'targets_report.actual_value'),
          attainment: textOf(whole, 'targets_report.attainment'),
        }
      : null,
    passport: people.passport,
  }
}

function dealsOf(managerId: string, view: HomeView): string {
  return reportHref({
    reportType: 'deals_report',
    rows: ['client', 'title'],
    values: ['won_amount', 'won_count'],
    filters: [
      { member: 'manager_id', operator: 'equals', values: [managerId] },
      { member: 'status', operator: 'equals', values: ['won'] },
      { member: 'closed_at', operator: 'inDateRange', values: [...view.soFar] },
      ...ofDepartments(view.departments),
    ],
  })
}

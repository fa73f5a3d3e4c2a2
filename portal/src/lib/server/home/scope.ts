import { monthsScope } from '#lib/scope/months.ts'
import type { PageScope } from '#lib/scope/page-scope.ts'
import type { HomeView } from './month.ts'

/** What the top bar offers on a home page: one month beside an earlier one, and departments. */
export function homeScope(view: HomeView, choices: readonly string[]): PageScope {
  return {
    period: monthsScope(view, view.present),
    against: { chosen: view.against, choices: ['previous', 'last_year'] },
    departments: { chosen: view.departments, choices },
  }
}

/** What the top bar offers on a meeting pack, whose reports have their own comparison. */
export function packScope(view: HomeView, choices: readonly string[]): PageScope {
  return { ...homeScope(view, choices), against: { chosen: 'nothing', choices: [] } }
}

import { addMonths, type MonthView } from '#lib/period/month.ts'
import type { PageScope } from './page-scope.ts'

const MOST_MONTHS = 13

/** The months that a page of one month offers: this year's and those of the year before, the newest first. */
export function monthsScope(view: MonthView, present: string): PageScope['period'] {
  const choices = Array.from({ length: MOST_MONTHS }, (_, index) => addMonths(present, -index))
  return {
    chosen: view.month,
    range: view.range,
    choices: choices.includes(view.month) ? choices : [...choices, view.month],
    earlier: addMonths(view.month, -1),
    later: view.month < present ? addMonths(view.month, 1) : null,
    takesDays: false,
  }
}

import type { Formatter } from '#lib/format/index.ts'
import type { Messages } from '#lib/messages/index.ts'
import { reportHref } from '#lib/report-link.ts'
import type { ClosedMonths } from './answers.ts'

type Words = { readonly t: Messages; readonly f: Formatter }

/** What a closed month means for a report of today, e.g. "Mar 2026 is closed: … 4 results differ since, won value by −€1,200." */
export function closedText({ months, changes, difference }: ClosedMonths, { t, f }: Words): string {
  const { isClosed, differs, differsBy, same } = t.reports.closed
  const [first = '', last = ''] = [months[0], months.at(-1)].map((month) => f.month(`${month}-01`))
  const said = isClosed(first, last, months.length)
  if (changes === 0) return `${said} ${same}`
  return `${said} ${difference === 0 ? differs(changes) : differsBy(changes, f.money(difference))}`
}

/** The closed months as they were published beside what they are now, in the designer. */
export function closedHref({ months }: Pick<ClosedMonths, 'months'>, { t }: Pick<Words, 't'>): string {
  return reportHref({
    reportType: 'closed_months_report',
    title: t.reports.closed.title,
    rows: [...(months.length > 1 ? ['month'] : []), 'department', 'manager'],
    values: ['won_amount_then', 'won_amount_now', 'won_difference', 'target_then', 'target_now'],
    filters: [
      { member: 'month', operator: 'inDateRange', values: [`${months[0]}-01`, `${months.at(-1)}-01`] },
    ],
  })
}

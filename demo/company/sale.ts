import { DAY } from './clock.ts'
import type { Deal } from './deals.ts'

type Deals = { readonly deals: readonly Deal[] }

/** What deals are made of: their product, and in every third one a smaller one beside it. Sums as in the CRM. */
export function linesOf({ deals }: Deals) {
  return deals.flatMap((deal) => {
    const amount = deal.money.amount / 100
    const extra = deal.id % 3 === 0 && deal.productName !== EXTRA ? Math.round(amount / 5) : 0
    const main = { deal, id: deal.id * 10 + 1, product: deal.productName, quantity: 1, price: amount - extra }
    if (extra === 0) return [main]
    return [main, { deal, id: main.id + 1, product: EXTRA, quantity: 2, price: extra / 2 }]
  })
}

/** Sold beside another product in this generated company. */
export const EXTRA = 'Wallbox 11'

/** Invoices of won deals, with what was received of them. Sums as in the CRM. */
export function invoicesOf({ deals }: Deals) {
  return deals.flatMap((deal) => {
    const { money, closedAt, id } = deal
    if (money.paid === null || closedAt === null) return []
    const [amount, paid] = [money.amount / 100, money.paid / 100]
    const paidAt = paid > 0 ? money.paidAt : null
    return [{ deal, id, amount, paid, paidAt, issuedAt: closedAt, dueAt: closedAt + 14 * DAY }]
  })
}

/**
 * Leads of CRMs that keep them apart: those with the marks of a campaign became their deal, of the others some came to
 * nothing and some are open.
 */
export function requestsOf({ deals }: Deals) {
  return deals.flatMap((deal) => {
    const isConverted = deal.source.utm !== null
    const outcome: Outcome | undefined = isConverted ? 'converted' : OUTCOMES[deal.id % 11]
    return outcome === undefined ? [] : [{ deal, isConverted, outcome }]
  })
}

type Outcome = 'open' | 'converted' | 'lost'
const OUTCOMES: Readonly<Record<number, Outcome>> = { 3: 'lost', 5: 'lost', 7: 'open' }

export type Line = ReturnType<typeof linesOf>[number]
export type Invoice = ReturnType<typeof invoicesOf>[number]

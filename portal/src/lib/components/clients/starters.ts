import { SEGMENT_VIEW, type SegmentClause, type SegmentOperator } from '#semantic/report'

/** A rule to begin from. Its name and what it is for stand in the catalogue under `clients.segments.starters`. */
export type Starter = { readonly key: StarterKey; readonly clauses: readonly SegmentClause[] }
export const STARTER_KEYS = ['loyal', 'leaving', 'silent', 'keyDate', 'bought'] as const
export type StarterKey = (typeof STARTER_KEYS)[number]

const CLAUSES: Readonly<Record<StarterKey, readonly SegmentClause[]>> = {
  loyal: [clause('client_orders', 'gte', '3'), clause('last_won_at', 'withinLastDays', '180')],
  leaving: [clause('client_orders', 'gte', '2'), clause('churn_risk', 'gte', '0.5')],
  silent: [clause('client_orders', 'gte', '1'), clause('last_contact_at', 'moreThanDaysAgo', '60')],
  keyDate: [clause('next_key_on', 'withinNextDays', '30')],
  // Of which product, its author says.
  bought: [clause('products_bought', 'equals')],
}

export const STARTERS: readonly Starter[] = STARTER_KEYS.map((key) => ({ key, clauses: CLAUSES[key] }))

/** The starter that an address names, if there is one. */
export function starterOf(key: string | null): Starter | undefined {
  return STARTERS.find((starter) => starter.key === key)
}

function clause(field: string, operator: SegmentOperator, ...values: string[]): SegmentClause {
  return { member: `${SEGMENT_VIEW}.${field}`, operator, values }
}

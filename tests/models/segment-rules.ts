import { RELATIVE_OPERATORS, type SegmentClause, type SegmentOperator } from '#semantic/report'
import type { RawRow } from './raw-fixture.ts'

/** A rule of a saved segment: clauses of the report type Clients. */
export type SegmentRule = readonly SegmentClause[]

const TEXTS: Readonly<Record<string, string>> = {
  ...{ client: 'Contact 10', client_type: 'company', sector: 'Retail', city: 'Madrid', country: 'ES' },
  ...{ origin: 'sheet', segment: 'Loyal', rfm_cell: '111', products_bought: 'GTX Pro' },
  ...{ next_key_reason: 'next order', manager: 'Anna Roca', department: 'South', has_consent: 'true' },
}
const NUMBERS: Readonly<Record<string, string>> = {
  ...{ client_orders: '1', client_amount: '80.5', average_bill: '90', recency_days: '20' },
  ...{ days_since_contact: '40', gap_days: '10', probability_alive: '0.5', churn_risk: '0.5' },
  expected_value: '100',
}
const TIMES = ['created_at', 'first_won_at', 'last_won_at', 'last_contact_at', 'next_key_on']

/** By which clients of the small company fall on both sides of the day that they lead to. */
const DAYS = ['30', '45', '45', '0']

const clause = (name: string, operator: SegmentOperator, values: readonly string[] = []): SegmentClause => ({
  ...{ member: `clients_report.${name}`, operator, values: [...values] },
})

const EVEN = ['equals', 'gt', 'lte', 'notEquals'] as const
const ODD = ['equals', 'gte', 'lt'] as const

/** Every attribute with operators of every kind that it takes, and some pairs. */
export const SEGMENT_RULES: readonly SegmentRule[] = [
  ...Object.entries(TEXTS).flatMap(([name, value]) => [
    [clause(name, 'notSet')],
    [clause(name, 'equals', [value, 'false'])],
    [clause(name, 'notEquals', [value])],
    ...(name === 'has_consent' ? [] : [[clause(name, 'contains', [value.slice(1).toUpperCase()])]]),
  ]),
  ...Object.entries(NUMBERS).flatMap(([name, value], index) => [
    [clause(name, 'set')],
    ...(index % 2 === 0 ? EVEN : ODD).map((operator) => [clause(name, operator, [value])]),
  ]),
  ...TIMES.flatMap((name) => [
    [clause(name, 'set')],
    [clause(name, 'inDateRange', ['2026-01-05', '2026-01-06'])],
    [clause(name, 'inDateRange', ['2025-12-01', '2026-12-31'])],
    ...RELATIVE_OPERATORS.map((operator, index) => [clause(name, operator, [DAYS[index] ?? '0'])]),
  ]),
  [clause('client_type', 'equals', ['company']), clause('client_orders', 'gte', ['1'])],
  [clause('has_consent', 'equals', ['true']), clause('client_type', 'notEquals', ['company'])],
]

/** They as rows of the workspace; every other one is private, and each holds half of its clients out. */
export const SEGMENTS: readonly RawRow[] = [
  ...SEGMENT_RULES.map((filters, index) => ({
    ...{ segment_id: `rule-${index}`, name: `Rule ${index}`, is_shared: index % 2 === 0 },
    definition: { version: 1, filters, control: { share: 0.5, seed: `seed ${index}` } },
  })),
  {
    ...{ segment_id: 'unknown-field', name: 'Of an unknown field', is_shared: true },
    definition: { version: 1, filters: [clause('shoe_size', 'notSet')] },
  },
]

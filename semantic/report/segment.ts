import { z } from 'zod'
import { dayAfter, isDay } from './calendar.ts'
import { filterClauseSchema, OPERATORS, type FilterClause } from './definition.ts'

/** The report type whose fields a saved segment's rule names. */
export const SEGMENT_VIEW = 'clients_report'

/**
 * The fields of a client that a rule may name, by what they are. The warehouse judges the same ones
 * (`segment_attributes`), which a test compares with the report's own filters.
 */
export const SEGMENT_FIELDS = {
  text: [
    ...['segment', 'rfm_cell', 'products_bought', 'sector', 'city', 'country', 'client_type'],
    ...['manager', 'department', 'client', 'origin', 'next_key_reason'],
  ],
  boolean: ['has_consent'],
  number: [
    ...['client_orders', 'average_bill', 'client_amount', 'recency_days', 'days_since_contact', 'gap_days'],
    ...['probability_alive', 'churn_risk', 'expected_value'],
  ],
  time: ['created_at', 'first_won_at', 'last_won_at', 'last_contact_at', 'next_key_on'],
} as const

export type SegmentFieldKind = keyof typeof SEGMENT_FIELDS
export const SEGMENT_FIELD_KINDS = ['text', 'boolean', 'number', 'time'] as const satisfies SegmentFieldKind[]

/**
 * Days counted from the day on which a rule is judged, so that it need not be changed from day to day: their one value is
 * how many.
 */
export const RELATIVE_OPERATORS = [
  'withinNextDays',
  'withinLastDays',
  'moreThanDaysAgo',
  'moreThanDaysAhead',
] as const
export type RelativeOperator = (typeof RELATIVE_OPERATORS)[number]

const segmentOperators = [...OPERATORS, ...RELATIVE_OPERATORS] as const
export type SegmentOperator = (typeof segmentOperators)[number]

/** What may be asked of a field of each kind. */
export const SEGMENT_OPERATORS: Readonly<Record<SegmentFieldKind, readonly SegmentOperator[]>> = {
  text: ['equals', 'notEquals', 'contains', 'set', 'notSet'],
  boolean: ['equals', 'notEquals'],
  number: ['gte', 'lte', 'gt', 'lt', 'equals', 'notEquals', 'set', 'notSet'],
  time: ['inDateRange', ...RELATIVE_OPERATORS, 'set', 'notSet'],
}

/** The kind of a field such as `clients_report.sector`; null when a rule may not name it. */
export function segmentFieldKind(member: string): SegmentFieldKind | null {
  const [view, name = ''] = member.split('.')
  if (view !== SEGMENT_VIEW) return null
  return SEGMENT_FIELD_KINDS.find((kind) => SEGMENT_FIELDS[kind].some((field) => field === name)) ?? null
}

const clauseSchema = filterClauseSchema
  .omit({ parameter: true })
  .extend({ operator: z.enum(segmentOperators) })
export type SegmentClause = z.output<typeof clauseSchema>

const clause = clauseSchema.superRefine((found, context) => {
  const problem = problemOf(found)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})

/** Who belongs to a saved segment, and who of them is held out of what is sent: a share, the same clients every time. */
export const segmentRuleSchema = z.strictObject({
  version: z.literal(1),
  filters: z.array(clause).min(1, 'a segment needs at least one condition').max(20),
  control: z.strictObject({ share: z.number().min(0).max(0.5), seed: z.string().min(1).max(80) }).nullable(),
})

export type SegmentRule = z.output<typeof segmentRuleSchema>

/** Reads a rule from anything. @throws ZodError that says which condition is wrong and why */
export function parseSegmentRule(input: unknown): SegmentRule {
  return segmentRuleSchema.parse(input)
}

const EARLIEST = '1900-01-01'
const LATEST = '2999-12-31'

/** The clauses as filters of a report on `today`, YYYY-MM-DD in the company's zone. */
export function segmentFilters(clauses: readonly SegmentClause[], today: string): FilterClause[] {
  return clauses.map((each) => {
    const { member, operator, values } = each
    if (!isRelative(operator)) return { member, operator, values }
    return { member, operator: 'inDateRange', values: [...rangeOf(operator, Number(values[0]), today)] }
  })
}

export function isRelative(operator: SegmentOperator): operator is RelativeOperator {
  return RELATIVE_OPERATORS.some((each) => each === operator)
}

function rangeOf(operator: RelativeOperator, count: number, today: string): readonly [string, string] {
  switch (operator) {
    case 'withinNextDays':
      return [today, dayAfter(today, count)]
    case 'withinLastDays':
      return [dayAfter(today, -count), today]
    case 'moreThanDaysAgo':
      return [EARLIEST, dayAfter(today, -count - 1)]
    case 'moreThanDaysAhead':
      return [dayAfter(today, count + 1), LATEST]
  }
}

/** As many as a saved rule can count without leaving the calendar. */
const MOST_DAYS = 10_000

function problemOf({ member, operator, values }: SegmentClause): string | null {
  const kind = segmentFieldKind(member)
  if (kind === null) return `"${member}" is not a field that a segment can use`
  if (!SEGMENT_OPERATORS[kind].includes(operator)) return `"${member}" can't be asked with ${operator}`
  if (operator === 'set' || operator === 'notSet') return values.length === 0 ? null : 'takes no value'
  if (operator === 'inDateRange') return daysProblem(values)
  if (isRelative(operator)) return countProblem(values)
  if (values.length === 0 || values.some((value) => value.trim() === '')) return 'a condition has no value'
  if (kind === 'number' && values.some((value) => !Number.isFinite(Number(value))))
    return 'a value is not a number'
  const isOne = kind === 'boolean' || ['gt', 'gte', 'lt', 'lte'].includes(operator)
  return isOne && values.length > 1 ? 'takes one value' : null
}

function daysProblem(values: readonly string[]): string | null {
  const [from = '', to = ''] = values
  const areDays = values.length === 2 && values.every(isDay)
  if (!areDays) return 'a period needs its first and its last day'
  return from <= to ? null : 'a period ends before it begins'
}

function countProblem([value = '', ...more]: readonly string[]): string | null {
  const isCount = /^\d{1,5}$/.test(value) && Number(value) <= MOST_DAYS && more.length === 0
  return isCount ? null : `takes one whole number of days up to ${MOST_DAYS}`
}

import { z } from 'zod'
import { filterClauseSchema, type FilterClause, type Operator } from './definition.ts'

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

/** What may be asked of a field of each kind, in the words of report filters. */
export const SEGMENT_OPERATORS: Readonly<Record<SegmentFieldKind, readonly Operator[]>> = {
  text: ['equals', 'notEquals', 'contains', 'set', 'notSet'],
  boolean: ['equals', 'notEquals'],
  number: ['gte', 'lte', 'gt', 'lt', 'equals', 'notEquals', 'set', 'notSet'],
  time: ['inDateRange', 'set', 'notSet'],
}

/** The kind of a field such as `clients_report.sector`; null when a rule may not name it. */
export function segmentFieldKind(member: string): SegmentFieldKind | null {
  const [view, name = ''] = member.split('.')
  if (view !== SEGMENT_VIEW) return null
  return SEGMENT_FIELD_KINDS.find((kind) => SEGMENT_FIELDS[kind].some((field) => field === name)) ?? null
}

const clause = filterClauseSchema.superRefine((found, context) => {
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

const DAY = z.iso.date()

function problemOf({ member, operator, values }: FilterClause): string | null {
  const kind = segmentFieldKind(member)
  if (kind === null) return `"${member}" is not a field that a segment can use`
  if (!SEGMENT_OPERATORS[kind].includes(operator)) return `"${member}" can't be asked with ${operator}`
  if (operator === 'set' || operator === 'notSet') return values.length === 0 ? null : 'takes no value'
  if (operator === 'inDateRange') return daysProblem(values)
  if (values.length === 0 || values.some((value) => value.trim() === '')) return 'a condition has no value'
  if (kind === 'number' && values.some((value) => !Number.isFinite(Number(value))))
    return 'a value is not a number'
  const isOne = kind === 'boolean' || ['gt', 'gte', 'lt', 'lte'].includes(operator)
  return isOne && values.length > 1 ? 'takes one value' : null
}

function daysProblem(values: readonly string[]): string | null {
  const [from = '', to = ''] = values
  const areDays = values.length === 2 && values.every((value) => DAY.safeParse(value).success)
  if (!areDays) return 'a period needs its first and its last day'
  return from <= to ? null : 'a period ends before it begins'
}

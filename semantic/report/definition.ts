import { z } from 'zod'
import { FISCAL_PARTS } from '#config/fiscal-calendar'
import { fieldsIn } from './formula/expression.ts'
import { FORMULA_NAME, formulaMember, readFormula, usedFormulas } from './formula/read.ts'
import { FORMULA_FORMATS } from './formula/units.ts'

export const GRANULARITIES = ['day', 'week', 'month', 'quarter', 'year', ...FISCAL_PARTS] as const
export type Granularity = (typeof GRANULARITIES)[number]

export const OPERATORS = [
  'equals',
  'notEquals',
  'contains',
  'set',
  'notSet',
  'gt',
  'gte',
  'lt',
  'lte',
  'inDateRange',
] as const
export type Operator = (typeof OPERATORS)[number]

export const CHARTS = ['table', 'bar', 'line', 'stacked'] as const
export type Chart = (typeof CHARTS)[number]

/** Days that a report can stand as of by a word: the last day of each. */
export const AS_OF_PERIODS = ['yesterday', 'last_week', 'last_month', 'last_quarter', 'last_year'] as const
export type AsOfPeriod = (typeof AS_OF_PERIODS)[number]

export const COMPARISONS = ['previous', 'last_year'] as const
export type ComparisonKind = (typeof COMPARISONS)[number]

/**
 * What a value may show beside itself. Sums and counts have a share and a running total: a share of an average means
 * nothing. Rates that are so many of their cases have where they likely are.
 */
export const EXTRAS = ['share', 'running', 'likely'] as const
export type Extra = (typeof EXTRAS)[number]

/** How a column of numbers is coloured: the larger the darker, as bars, or by two limits. */
export const COLOURINGS = ['scale', 'bars', 'limits'] as const
export type Colouring = (typeof COLOURINGS)[number]

export const PARAMETER_TYPES = [
  'period',
  'department',
  'manager',
  'product',
  'source',
  'segment',
  'text',
  'number',
] as const
export type ParameterType = (typeof PARAMETER_TYPES)[number]

/** The most formulas a report has of its own. */
export const MOST_FORMULAS = 10
/** The most borders of ranges, and the most fields in ranges: each range is a query of its own at every grain. */
export const MOST_BORDERS = 11
export const MOST_RANGED = 2

/** The most fields a shelf takes: each one more multiplies the grains that have to be queried. */
export const SHELF_LIMITS = { rows: 5, columns: 3, values: 12, filters: 20 } as const

const memberName = z.string().regex(/^\w+\.\w+$/, 'a member is written <report type>.<field>')
/** Where ranges of numbers begin and end, in ascending order; plain numbers, as filters are written. */
const bordersSchema = z
  .array(
    z
      .number()
      .refine(
        (border) => /^-?\d{1,12}(\.\d{1,6})?$/.test(String(border)),
        'a border has up to 12 digits and 6 decimals',
      ),
  )
  .min(1)
  .max(MOST_BORDERS)
  .refine(
    (borders) => borders.every((border, index) => index === 0 || border > (borders[index - 1] ?? border)),
    'borders ascend',
  )
const fieldSchema = z
  .strictObject({
    member: memberName,
    granularity: z.enum(GRANULARITIES).optional(),
    /** Numbers are grouped into ranges with these borders. */
    ranges: bordersSchema.optional(),
  })
  .refine(
    ({ granularity, ranges }) => granularity === undefined || ranges === undefined,
    'a time has no ranges',
  )
const colourSchema = z.strictObject({
  by: z.enum(COLOURINGS),
  /** For limits: under `low` is bad, from `high` on is good. */
  low: z.number().optional(),
  high: z.number().optional(),
})
const valueSchema = z.strictObject({
  member: memberName,
  format: z.string().max(40).optional(),
  show: z.array(z.enum(EXTRAS)).max(EXTRAS.length).optional(),
  colour: colourSchema.optional(),
})
const formulaSchema = z
  .strictObject({
    name: z.string().regex(FORMULA_NAME, 'a formula is named formula_1 to formula_99'),
    title: z.string().trim().min(1).max(80),
    /** Of names of values, without the report type. */
    expression: z.string().min(1).max(500),
    format: z.enum(FORMULA_FORMATS),
  })
  .superRefine(refuseUnreadable)
export const filterClauseSchema = z.strictObject({
  member: memberName,
  operator: z.enum(OPERATORS),
  values: z.array(z.string().max(500)).max(1000),
  parameter: z.string().optional(),
})
const defaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('relative'), value: z.string().max(40) }),
  z.strictObject({ kind: z.literal('value'), values: z.array(z.string().max(500)) }),
])
const parameterSchema = z.strictObject({
  name: z.string().regex(/^\w{1,40}$/, 'a parameter name has letters, digits and _ only'),
  label: z.string().min(1).max(80),
  type: z.enum(PARAMETER_TYPES),
  default: defaultSchema,
  /** The only values that may be chosen; any when left out. */
  allowed: z.array(z.string().max(500)).min(1).max(200).optional(),
})
const sortSchema = z.strictObject({ member: memberName, direction: z.enum(['asc', 'desc']) })
/** The day at whose end a report stands as it was known then: a date, or the last day of a period. */
const asOfSchema = z.union([z.iso.date(), z.enum(AS_OF_PERIODS)])

const optionsSchema = z.strictObject({
  chart: z.enum(CHARTS).default('table'),
  rowTotals: z.boolean().default(true),
  columnTotals: z.boolean().default(true),
  subtotals: z.boolean().default(true),
  sort: sortSchema.optional(),
  limit: z.number().int().min(1).max(1000).optional(),
  comparison: z.enum(COMPARISONS).optional(),
  others: z.boolean().default(true),
  asOf: asOfSchema.optional(),
  includeExcluded: z.boolean().default(false),
})

export const reportSchema = z
  .strictObject({
    version: z.literal(1),
    reportType: z.string().regex(/^\w+$/),
    title: z.string().max(200).optional(),
    rows: z.array(fieldSchema).max(SHELF_LIMITS.rows).default([]),
    columns: z.array(fieldSchema).max(SHELF_LIMITS.columns).default([]),
    values: z.array(valueSchema).max(SHELF_LIMITS.values).default([]),
    filters: z.array(filterClauseSchema).max(SHELF_LIMITS.filters).default([]),
    parameters: z.array(parameterSchema).max(SHELF_LIMITS.filters).default([]),
    formulas: z.array(formulaSchema).max(MOST_FORMULAS).default([]),
    options: optionsSchema.prefault({}),
  })
  .superRefine(refuseForeignMembers)
  .superRefine(refuseTwins)
  .refine(({ rows, columns }) => [...rows, ...columns].filter(({ ranges }) => ranges).length <= MOST_RANGED, {
    path: ['rows'],
    message: `no more than ${MOST_RANGED} fields are grouped into ranges`,
  })

export type ReportDefinition = z.infer<typeof reportSchema>
export type Field = z.infer<typeof fieldSchema>
export type Value = z.infer<typeof valueSchema>
export type FilterClause = z.infer<typeof filterClauseSchema>
export type Colour = z.infer<typeof colourSchema>
export type Parameter = z.infer<typeof parameterSchema>
export type Formula = z.infer<typeof formulaSchema>
export type ReportOptions = z.infer<typeof optionsSchema>
export type Shelf = keyof typeof SHELF_LIMITS

/** Whether a text names a day at whose end a report can stand. */
export function isAsOf(text: string): boolean {
  return asOfSchema.safeParse(text).success
}

/** Whether a report stands as of the end of a period rather than of a date. */
export function isAsOfPeriod(asOf: string): asOf is AsOfPeriod {
  return (AS_OF_PERIODS as readonly string[]).includes(asOf)
}

/** Reads a definition from anything. Throws a ZodError that names the wrong path. */
export function parseDefinition(input: unknown): ReportDefinition {
  return reportSchema.parse(input)
}

/** A report with nothing on its shelves yet. */
export function emptyDefinition(reportType: string): ReportDefinition {
  return parseDefinition({ version: 1, reportType })
}

/** Every member of the report type that a definition needs, each once: for a formula, those that it is made of. */
export function membersOf(definition: ReportDefinition): string[] {
  const { filters, reportType } = definition
  const own = new Set(definition.formulas.map(({ name }) => formulaMember(reportType, name)))
  const named = [...shownMembers(definition), ...filters.map(({ member }) => member)]
  const operands = usedFormulas(definition).flatMap((formula) =>
    fieldsIn(readFormula(formula)).map((name) => `${reportType}.${name}`),
  )
  return [...new Set([...named.filter((name) => !own.has(name)), ...operands])]
}

/** Members on the shelves of a report, its own formulas among them, and the one that sorts it. */
export function shownMembers({ rows, columns, values, options }: ReportDefinition): string[] {
  const named = [...rows, ...columns, ...values].map((field) => field.member)
  return options.sort ? [...named, options.sort.member] : named
}

/** What tells two fields of one report apart: a time can stand twice, by year and by month. */
export function fieldKey(field: Field): string {
  return field.granularity ? `${field.member}.${field.granularity}` : field.member
}

/** How many values of the first row field are shown, best first; null shows all. Times and ranges are never ranked. */
export function rankedLimit({ rows, values, options }: ReportDefinition): number | null {
  const [first] = rows
  if (options.limit === undefined || !first || values.length === 0) return null
  if (first.granularity || first.ranges) return null
  return options.limit
}

type Named = { reportType: string } & Record<'rows' | 'columns' | 'values' | 'filters', { member: string }[]>

function refuseForeignMembers(report: Named, context: z.RefinementCtx): void {
  for (const shelf of ['rows', 'columns', 'values', 'filters'] as const) {
    report[shelf].forEach((field, index) => {
      if (field.member.startsWith(`${report.reportType}.`)) return
      const message = `${field.member} does not belong to report type ${report.reportType}`
      context.addIssue({ code: 'custom', path: [shelf, index, 'member'], message })
    })
  }
}

function refuseUnreadable(formula: { expression: string }, context: z.RefinementCtx): void {
  try {
    const isOfFormulas = fieldsIn(readFormula(formula)).some((name) => FORMULA_NAME.test(name))
    if (isOfFormulas)
      context.addIssue({ code: 'custom', path: ['expression'], message: 'a formula has no formula in it' })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    context.addIssue({ code: 'custom', path: ['expression'], message })
  }
}

function refuseTwins({ formulas }: { formulas: { name: string }[] }, context: z.RefinementCtx): void {
  const names = formulas.map(({ name }) => name)
  names.forEach((name, index) => {
    if (names.indexOf(name) === index) return
    context.addIssue({ code: 'custom', path: ['formulas', index, 'name'], message: `${name} is there twice` })
  })
}

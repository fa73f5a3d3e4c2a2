import { z } from 'zod'
import {
  CHARTS,
  COLOURINGS,
  COMPARISONS,
  EXTRAS,
  parseDefinition,
  type FilterClause,
  type Parameter,
  type ReportDefinition,
} from './definition.ts'
import { RELATIVE_PERIODS } from './periods.ts'

/** Languages in which templates are shipped. */
export const READY_LANGUAGES = ['en', 'es'] as const
export type ReadyLanguage = (typeof READY_LANGUAGES)[number]

/** Who owns the templates that come with the product. */
export const READY_OWNER = { id: 'embut', name: 'Embut' } as const

/** A template that comes with Embut: a question in each language, and how to ask for its definition. */
export type ReadyTemplate = {
  readonly id: string
  readonly folder: Readonly<Record<ReadyLanguage, string>>
  readonly question: Readonly<Record<ReadyLanguage, string>>
  /** The definition with its parameters' labels in a language. */
  definition(language: ReadyLanguage): ReportDefinition
}

const PICKED = ['department', 'manager', 'product', 'source', 'segment'] as const
const LABELS: Readonly<Record<(typeof PICKED)[number] | 'period', Readonly<Record<ReadyLanguage, string>>>> =
  {
    period: { en: 'Period', es: 'Periodo' },
    department: { en: 'Department', es: 'Departamento' },
    manager: { en: 'Manager', es: 'Comercial' },
    product: { en: 'Product', es: 'Producto' },
    source: { en: 'Source', es: 'Fuente' },
    segment: { en: 'Segment', es: 'Segmento' },
  }

const words = z.strictObject({ en: z.string().min(1).max(120), es: z.string().min(1).max(120) })
const name = z.string().regex(/^\w+$/)
/** `created_at.month` is a time by its month. */
const field = z.string().regex(/^\w+(\.(day|week|month|quarter|year))?$/)
const shownValue = z.strictObject({
  field: name,
  show: z.array(z.enum(EXTRAS)).optional(),
  colour: z.enum(COLOURINGS).optional(),
})
const valueSchema = z.union([
  name.transform((each): z.output<typeof shownValue> => ({ field: each })),
  shownValue,
])
const filterSchema = z.union([
  z.strictObject({ field: name, is: z.array(z.string()).min(1) }),
  z.strictObject({ field: name, isSet: z.literal(true) }),
])
const templateSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  question: words,
  type: name,
  rows: z.array(field).min(1),
  columns: z.array(field).default([]),
  values: z.array(valueSchema).min(1),
  filters: z.array(filterSchema).default([]),
  period: z.strictObject({ field: name, default: z.enum(RELATIVE_PERIODS) }).optional(),
  pick: z.array(z.enum(PICKED)).default([]),
  chart: z.enum(CHARTS).default('table'),
  comparison: z.enum(COMPARISONS).optional(),
  sort: z
    .string()
    .regex(/^\w+ (asc|desc)$/)
    .optional(),
  limit: z.int().min(1).optional(),
  totals: z.boolean().default(true),
})
const folderSchema = z.strictObject({ folder: words, templates: z.array(templateSchema).min(1) })

type Written = z.output<typeof templateSchema>

/** Reads one folder of templates, as its YAML was parsed. Throws a ZodError that names the wrong path. */
export function parseReadyTemplates(input: unknown): ReadyTemplate[] {
  const { folder, templates } = folderSchema.parse(input)
  return templates.map((written) => ({
    id: written.id,
    folder,
    question: written.question,
    definition: (language) => definitionOf(written, language),
  }))
}

function definitionOf(written: Written, language: ReadyLanguage): ReportDefinition {
  const member = (each: string): string => `${written.type}.${each}`
  const { sort, limit, comparison, totals } = written
  const [sorted = '', direction] = (sort ?? '').split(' ')
  return parseDefinition({
    version: 1,
    reportType: written.type,
    title: written.question[language],
    rows: written.rows.map((each) => axisField(member, each)),
    columns: written.columns.map((each) => axisField(member, each)),
    values: written.values.map(({ field: each, ...rest }) => ({ member: member(each), ...shown(rest) })),
    filters: [
      ...written.filters.map((filter) => fixedFilter(member, filter)),
      ...openFilters(member, written),
    ],
    parameters: parametersOf(written, language),
    options: {
      chart: written.chart,
      rowTotals: totals,
      columnTotals: totals,
      subtotals: totals,
      ...(sort !== undefined && { sort: { member: member(sorted), direction } }),
      ...(limit !== undefined && { limit }),
      ...(comparison !== undefined && { comparison }),
    },
  })
}

type Shown = Omit<Written['values'][number], 'field'>

function shown({ show, colour }: Shown) {
  return { ...(show !== undefined && { show }), ...(colour !== undefined && { colour: { by: colour } }) }
}

function axisField(member: (each: string) => string, written: string) {
  const [each = '', granularity] = written.split('.')
  return { member: member(each), ...(granularity !== undefined && { granularity }) }
}

function fixedFilter(member: (each: string) => string, filter: Written['filters'][number]): FilterClause {
  return 'is' in filter
    ? { member: member(filter.field), operator: 'equals', values: filter.is }
    : { member: member(filter.field), operator: 'set', values: [] }
}

function openFilters(member: (each: string) => string, { period, pick }: Written): FilterClause[] {
  const picked = pick.map((each): FilterClause => ({
    member: member(each),
    operator: 'equals',
    values: [],
    parameter: each,
  }))
  if (period === undefined) return picked
  return [
    { member: member(period.field), operator: 'inDateRange', values: [], parameter: 'period' },
    ...picked,
  ]
}

function parametersOf({ period, pick }: Written, language: ReadyLanguage): Parameter[] {
  const picked = pick.map((type): Parameter => {
    const value = type === 'department' ? 'my_department' : 'all'
    return { name: type, label: LABELS[type][language], type, default: { kind: 'relative', value } }
  })
  if (period === undefined) return picked
  const { default: value } = period
  return [
    { name: 'period', label: LABELS.period[language], type: 'period', default: { kind: 'relative', value } },
    ...picked,
  ]
}

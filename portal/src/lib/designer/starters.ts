import type { Messages } from '#lib/messages/index.ts'
import type { Parameter, ReportDefinition, ReportView } from '#semantic/report'
import { missingFields, parseDefinition } from '#semantic/report'

export type StarterKey = keyof Messages['reports']['starters']
export type Starter = { readonly key: StarterKey; readonly definition: ReportDefinition }

type Sketch = {
  readonly type: string
  readonly rows?: readonly string[]
  readonly columns?: readonly string[]
  readonly values: readonly string[]
  readonly period?: string
  readonly options?: object
}

const SKETCHES: Readonly<Record<StarterKey, Sketch>> = {
  wonByManager: {
    type: 'deals_report',
    rows: ['department', 'manager'],
    columns: ['closed_at/month'],
    values: ['won_amount'],
    period: 'closed_at',
  },
  winRateBySource: {
    type: 'deals_report',
    rows: ['source'],
    values: ['closed_count', 'won_count', 'win_rate', 'won_amount'],
    period: 'closed_at',
  },
  lostReasons: {
    type: 'deals_report',
    rows: ['lost_reason'],
    values: ['lost_count', 'lost_amount'],
    period: 'lost_at',
    options: { sort: { member: 'deals_report.lost_count', direction: 'desc' } },
  },
  openPipeline: {
    type: 'deals_report',
    rows: ['manager'],
    columns: ['stage'],
    values: ['open_count', 'open_amount'],
  },
  productMix: {
    type: 'deals_report',
    rows: ['product_category', 'product'],
    values: ['won_count', 'won_amount', 'margin', 'average_won_amount'],
    period: 'closed_at',
  },
  callsByHour: {
    type: 'calls_report',
    rows: ['hour_of_day'],
    values: ['count', 'answered_count', 'answer_rate', 'average_wait_seconds'],
    period: 'started_at',
  },
  callsByManager: {
    type: 'calls_report',
    rows: ['department', 'manager'],
    values: ['count', 'connected_count', 'answer_rate', 'talk_seconds', 'clients_count'],
    period: 'started_at',
  },
  clientsBySector: {
    type: 'clients_report',
    rows: ['sector'],
    values: ['count', 'won_deal_count', 'won_amount', 'average_won_amount'],
    options: { sort: { member: 'clients_report.won_amount', direction: 'desc' } },
  },
}

/** Ready questions for the report types and fields that this reader has. */
export function startersFor(views: readonly ReportView[], periodLabel: string): Starter[] {
  const keys = Object.keys(SKETCHES) as StarterKey[]
  return keys
    .map((key) => ({ key, definition: fromSketch(SKETCHES[key], periodLabel) }))
    .filter(({ definition }) => {
      const view = views.find(({ name }) => name === definition.reportType)
      return view !== undefined && missingFields(definition, view).length === 0
    })
}

function fromSketch({ type, rows = [], columns = [], values, period, options }: Sketch, label: string) {
  const full = (name: string) => `${type}.${name}`
  const field = (text: string) => {
    const [name = '', granularity] = text.split('/')
    return granularity ? { member: full(name), granularity } : { member: full(name) }
  }
  const asked: Parameter = {
    name: 'period',
    label,
    type: 'period',
    default: { kind: 'relative', value: 'this_year' },
  }
  const clause = { operator: 'inDateRange', values: ['this_year'], parameter: 'period' }
  return parseDefinition({
    version: 1,
    reportType: type,
    rows: rows.map(field),
    columns: columns.map(field),
    values: values.map(field),
    filters: period === undefined ? [] : [{ member: full(period), ...clause }],
    parameters: period === undefined ? [] : [asked],
    ...(options ? { options } : {}),
  })
}

import { createSales, type Sales } from '../service/sales.ts'
import {
  startService,
  type RunningService,
  type ServiceFaults,
  type ServiceReply,
} from '../service/server.ts'
import { createTable, type FakeRecord, type FakeTable } from '../service/table.ts'
import { bearer, STATIC_TOKEN } from '../service/token.ts'
import { createAdDays } from './ads.ts'

export type FakeDirect = RunningService & {
  readonly faults: ServiceFaults
  readonly token: string
  /** Lines of cost, by day (as milliseconds), campaign, ad group and criterion. */
  readonly costs: FakeTable
}

const FIELDS = ['Date', 'CampaignId', 'CampaignName', 'AdGroupId', 'AdGroupName', 'CriterionId', 'Criterion']
const NUMBERS = ['Impressions', 'Clicks', 'Cost']

function* costRows(sales: Sales, firstDay?: string): Generator<readonly [string, FakeRecord]> {
  for (const { day, campaign, group, keyword, impressions, clicks, cents } of createAdDays(sales, firstDay)) {
    const row = {
      ...{ Date: day, CampaignId: campaign.id, CampaignName: campaign.name, AdGroupId: group.id },
      ...{ AdGroupName: group.name, CriterionId: keyword.id, Criterion: keyword.text },
      ...{ Impressions: impressions, Clicks: clicks, Cost: (cents / 100).toFixed(2) },
    }
    yield [[Date.parse(day), campaign.id, group.id, keyword.id].join('|'), row]
  }
}

export type FakeDirectOptions = { readonly sales?: Sales; readonly firstDay?: string }

/** Serves the generated company's advertising as the Reports service does: 201, 202, then the report as TSV. */
export async function startFakeDirect({
  sales = createSales(),
  firstDay,
}: FakeDirectOptions = {}): Promise<FakeDirect> {
  const costs = createTable(costRows(sales, firstDay), () => ({}))
  const faults: ServiceFaults = {}
  const state = { costs, faults, asked: new Map<string, Order>(), pages: { count: 0 } }
  const service = await startService({
    faults,
    behaviour: {
      isFree: () => false,
      tooManyCalls: () => failure(506, 'Limit of connections exceeded'),
      expireTokens: () => undefined,
      answer: ({ path, headers, body }) => {
        if (bearer(headers) !== STATIC_TOKEN) return failure(53, 'Authorization error')
        if (path === '/json/v5/clients') return CLIENTS
        return path === '/json/v5/reports'
          ? report(Object(body), headers, state)
          : { status: 404, body: null }
      },
    },
  })
  return { ...service, faults, token: STATIC_TOKEN, costs }
}

const CLIENTS: ServiceReply = {
  status: 200,
  body: { result: { Clients: [{ ClientId: 501, Login: 'nordwind', Currency: 'EUR' }] } },
}

type Order = { readonly definition: string; times: number }
type State = {
  readonly costs: FakeTable
  readonly faults: ServiceFaults
  readonly asked: Map<string, Order>
  readonly pages: { count: number }
}

function failure(code: number, detail: string): ServiceReply {
  return {
    status: code === 53 ? 400 : 503,
    body: { error: { error_code: String(code), error_detail: detail } },
  }
}

function report(
  { params = {} }: { params?: Readonly<Record<string, unknown>> },
  headers: Readonly<Record<string, unknown>>,
  { costs, faults, asked, pages }: State,
): ServiceReply {
  const name = String(params['ReportName'])
  const definition = JSON.stringify(params)
  const order = asked.get(name) ?? { definition, times: 0 }
  if (order.definition !== definition) return failure(4000, 'A report with this name has another definition')
  order.times += 1
  asked.set(name, order)
  if (order.times <= 2)
    return { status: 200 + order.times, body: null, headers: { retryIn: '3', reportsInQueue: '1' } }
  pages.count += 1
  faults.onPage?.({ list: 'costs', number: pages.count })
  const { DateFrom, DateTo } = Object(params['SelectionCriteria'])
  const rows = costs.rows().filter(({ Date: day }) => String(day) >= DateFrom && String(day) <= DateTo)
  const isMicros = headers['returnmoneyinmicros'] !== 'false'
  return {
    status: 200,
    body: table(rows, isMicros),
    headers: { 'content-type': 'text/tab-separated-values' },
  }
}

/** Columns that the service has added since stand behind those that were asked for. */
function table(rows: readonly FakeRecord[], isMicros: boolean): string {
  const known = [...FIELDS, ...NUMBERS]
  const added = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !known.includes(name))
  const names = [...known, ...added]
  const cell = (value: unknown, name: string) =>
    name === 'Cost' && isMicros ? Math.round(Number(value) * 1e6) : (value ?? '')
  const lines = rows.map((row) => names.map((name) => cell(row[name], name)).join('\t'))
  return [names.join('\t'), ...lines, ''].join('\n')
}

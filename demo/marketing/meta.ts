import { ZONE } from '../company/world.ts'
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

export type FakeMeta = RunningService & {
  readonly faults: ServiceFaults
  readonly token: string
  readonly account: string
  readonly limits: { page: number; rows: number }
  /** Ads by day (as milliseconds), campaign, ad set and ad. */
  readonly ads: FakeTable
}

const ACCOUNT = '998877'

function* adRows(sales: Sales, firstDay?: string): Generator<readonly [string, FakeRecord]> {
  for (const { day, campaign, group, keyword, impressions, clicks, cents } of createAdDays(sales, firstDay)) {
    const row = {
      ...{
        account_id: ACCOUNT,
        account_currency: 'EUR',
        campaign_id: String(campaign.id),
        campaign_name: campaign.name,
      },
      ...{
        adset_id: String(group.id),
        adset_name: group.name,
        ad_id: String(keyword.id),
        ad_name: keyword.text,
      },
      ...{ impressions: String(impressions), clicks: String(clicks), inline_link_clicks: String(clicks) },
      ...{ spend: (cents / 100).toFixed(2), date_start: day, date_stop: day },
    }
    yield [[Date.parse(day), campaign.id, group.id, keyword.id].join('|'), row]
  }
}

type Range = { readonly since: string; readonly until: string }
type Run = { readonly rows: readonly FakeRecord[]; polls: number }
type State = {
  readonly ads: FakeTable
  readonly faults: ServiceFaults
  readonly limits: { readonly page: number; readonly rows: number }
  readonly runs: Map<string, Run>
  readonly pages: { count: number }
}

export type FakeMetaOptions = { readonly sales?: Sales; readonly firstDay?: string }

/** Serves the generated company's advertising as insights do: a run, its status, then its pages. */
export async function startFakeMeta({
  sales = createSales(),
  firstDay,
}: FakeMetaOptions = {}): Promise<FakeMeta> {
  const ads = createTable(adRows(sales, firstDay), () => ({}))
  const faults: ServiceFaults = {}
  const state = {
    ads,
    faults,
    limits: { page: 500, rows: Infinity },
    runs: new Map<string, Run>(),
    pages: { count: 0 },
  }
  const service = await startService({
    faults,
    behaviour: {
      isFree: () => false,
      tooManyCalls: () => failure(17, 'User request limit reached'),
      expireTokens: () => undefined,
      answer: ({ path, query, headers, body, method }) => {
        if (bearer(headers) !== STATIC_TOKEN) return failure(190, 'Invalid OAuth access token')
        const [, , name = '', edge = ''] = path.split('/')
        if (name === `act_${ACCOUNT}`)
          return edge === 'insights' && method === 'POST' ? begin(Object(body), state) : PLACE
        return read({ id: name, edge, query }, state)
      },
    },
  })
  return { ...service, faults, token: STATIC_TOKEN, account: ACCOUNT, limits: state.limits, ads }
}

const PLACE: ServiceReply = {
  status: 200,
  body: { currency: 'EUR', timezone_name: ZONE, id: `act_${ACCOUNT}` },
}

function failure(code: number, message: string, error_subcode?: number): ServiceReply {
  return { status: 400, body: { error: { code, message, type: 'OAuthException', error_subcode } } }
}

function rowsOf({ since, until }: Range, { ads }: State): readonly FakeRecord[] {
  return ads.rows().filter(({ date_start: day }) => String(day) >= since && String(day) <= until)
}

function begin(body: Readonly<Record<string, unknown>>, state: State): ServiceReply {
  const range: Range = JSON.parse(String(body['time_range']))
  const rows = rowsOf(range, state)
  if (rows.length > state.limits.rows) return failure(100, 'Please reduce the amount of data', 1487534)
  const id = String(6_023_920_149_050 + state.runs.size)
  state.runs.set(id, { rows, polls: 0 })
  return { status: 200, body: { report_run_id: id } }
}

type Reading = { readonly id: string; readonly edge: string; readonly query: URLSearchParams }

function read({ id, edge, query }: Reading, state: State): ServiceReply {
  const { runs, faults, limits, pages } = state
  const run = runs.get(id)
  if (run === undefined) return failure(100, 'Unsupported get request')
  if (edge === '') {
    run.polls += 1
    const isDone = run.polls > 1
    const status = isDone ? 'Job Completed' : 'Job Running'
    return { status: 200, body: { id, async_status: status, async_percent_completion: isDone ? 100 : 40 } }
  }
  pages.count += 1
  faults.onPage?.({ list: 'ad_days', number: pages.count })
  const start = Number(query.get('after') ?? 0)
  const end = start + Math.min(Number(query.get('limit') ?? 25), limits.page)
  const data = run.rows.slice(faults.repeatsBorder && start > 0 ? start - 1 : start, end)
  const paging =
    data.length === 0 ? {} : { paging: { cursors: { before: String(start), after: String(end) } } }
  const usage = { [ACCOUNT]: [{ type: 'ads_insights', call_count: 12, total_cputime: 5, total_time: 6 }] }
  return {
    status: 200,
    body: { data, ...paging },
    headers: { 'x-business-use-case-usage': JSON.stringify(usage) },
  }
}

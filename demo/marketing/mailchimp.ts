import { DAY, HOUR } from '../company/clock.ts'
import { createSales, type Sales } from '../service/sales.ts'
import {
  startService,
  type RunningService,
  type ServiceFaults,
  type ServiceReply,
} from '../service/server.ts'
import { createTable, type FakeRecord, type FakeTable } from '../service/table.ts'

export type MailchimpTable = 'lists' | 'reports'
export type FakeMailchimp = RunningService & {
  readonly faults: ServiceFaults
  readonly key: string
  /** Largest page it gives; the documented 1,000 unless a test makes it smaller. */
  readonly limits: { page: number }
  table(name: MailchimpTable): FakeTable
}

const KEY = '0123456789abcdef-us21'
const LIST = { id: '57afe96172', name: 'Newsletter', date_created: '2023-01-02T09:00:00+00:00' }

function* reportRows({ world, deals }: Sales): Generator<readonly [string, FakeRecord]> {
  const letters = deals.filter(({ source }) => source.id === 'EMAIL').map(({ createdAt }) => createdAt)
  for (let at = world.period.from + 9 * HOUR, number = 1; at < world.asOf; at += 14 * DAY, number += 1) {
    const leads = letters.filter((instant) => instant >= at && instant < at + 14 * DAY).length
    const id = String(4_200_000 + number)
    const row = {
      ...{ id, campaign_title: `Newsletter ${number}`, subject_line: 'News from Nordwind', list_id: LIST.id },
      ...{
        list_name: LIST.name,
        emails_sent: 1800 + number,
        send_time: new Date(at).toISOString().replace('.000Z', '+00:00'),
      },
      ...{ opens: { opens_total: 700, unique_opens: 500 }, unsubscribed: 3 },
      ...{ clicks: { clicks_total: 40 + leads * 9, unique_clicks: 30 + leads * 7 } },
      ...{ bounces: { hard_bounces: 2, soft_bounces: 4, syntax_errors: 0 } },
      ecommerce: { total_orders: 0, total_revenue: 0, currency_code: 'EUR' },
    }
    yield [id, row]
  }
}

export type FakeMailchimpOptions = { readonly sales?: Sales }

/** Serves the generated company's letters as the Marketing API does. */
export async function startFakeMailchimp({
  sales = createSales(),
}: FakeMailchimpOptions = {}): Promise<FakeMailchimp> {
  const tables = {
    lists: createTable([[LIST.id, { ...LIST, stats: { member_count: 1900 } }]], () => ({})),
    reports: createTable(reportRows(sales), () => ({})),
  }
  const faults: ServiceFaults = {}
  const state = { tables, faults, limits: { page: 1000 }, pages: { count: 0 } }
  const service = await startService({
    faults,
    behaviour: {
      isFree: () => false,
      tooManyCalls: () => ({
        status: 429,
        body: { title: 'Too Many Requests', detail: 'More than 10 connections' },
      }),
      expireTokens: () => undefined,
      answer: ({ path, query, headers }) => {
        const [, given = ''] = String(headers['authorization']).split(' ')
        if (!Buffer.from(given, 'base64').toString().endsWith(`:${KEY}`))
          return { status: 401, body: { title: 'API Key Invalid', detail: 'Your API key may be invalid' } }
        return list(path.replace('/3.0/', ''), query, state)
      },
    },
  })
  return { ...service, faults, key: KEY, limits: state.limits, table: (name) => tables[name] }
}

type State = {
  readonly tables: Readonly<Record<MailchimpTable, FakeTable>>
  readonly faults: ServiceFaults
  readonly limits: { readonly page: number }
  readonly pages: { count: number }
}

function list(name: string, query: URLSearchParams, { tables, faults, limits, pages }: State): ServiceReply {
  const table = Object.entries(tables).find(([known]) => known === name)?.[1]
  if (table === undefined) return { status: 404, body: { title: 'Resource Not Found', detail: name } }
  pages.count += 1
  faults.onPage?.({ list: name, number: pages.count })
  const [since, before] = ['since_send_time', 'before_send_time'].map((each) =>
    Date.parse(query.get(each) ?? ''),
  )
  const isWanted = ({ send_time: sent }: FakeRecord) =>
    !(Date.parse(String(sent)) < (since ?? Number.NaN)) &&
    !(Date.parse(String(sent)) >= (before ?? Number.NaN))
  const found = table.rows().filter(isWanted)
  const offset = Number(query.get('offset') ?? 0)
  const end = offset + Math.min(Number(query.get('count') ?? 10), limits.page)
  const rows = found.slice(faults.repeatsBorder && offset > 0 ? offset - 1 : offset, end)
  return { status: 200, body: { [name]: rows, total_items: found.length } }
}

import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CALENDAR_YEARS, type FiscalCalendar } from '#semantic/report'
import { openWarehouse } from '#warehouse'

export type FixtureOptions = {
  readonly seed?: number
  readonly deals?: number
  /** Written into every deal's title, so that an answer tells which version it came from. */
  readonly label?: string
  /** False leaves out the tables of sums, as in a file that was published before there were any. */
  readonly withAggregates?: boolean
  readonly fiscalCalendar?: FiscalCalendar
}

export const PEOPLE = ['crm:p1', 'crm:p2', 'crm:p3', 'crm:p4', 'crm:p5', 'crm:p6', 'crm:p7']
export const DEPARTMENTS = ['crm:d1', 'crm:d2', 'crm:d3']

/** Columns of a deal whose past nobody knows. */
const UNKNOWN_THEN = [
  ...['source_deal_id', 'client_record_id', 'exclusion_reason', 'amount', 'amount_net'],
  ...['amount_paid', 'amount_paid_company', 'balance_company', 'cost', 'cost_company', 'expected_win'],
  ...['furthest_stage_order', 'reopened_count', 'is_qualified', 'has_reliable_owner', 'won_at', 'lost_at'],
  ...['stage_entered_at', 'stage_entered_at_local', 'paid_at', 'paid_at_local', 'completed_at'],
  ...['completed_at_local', '_load_id'],
]

/** An empty folder of published files. */
export async function publishedFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'embut-published-'))
}

/** Writes a file with every mart, a few hundred seeded rows, and names it in `current.json`. */
export async function publishFixture(
  folder: string,
  version: string,
  options: FixtureOptions = {},
): Promise<string> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, `marts-${version}.duckdb`)
  await writeMarts(file, options)
  await nameCurrent(folder, version)
  return file
}

/** Makes a version that is there already the current one, in one step as a publish does. */
export async function nameCurrent(folder: string, version: string): Promise<void> {
  const current = { version, file: `marts-${version}.duckdb`, publishedAt: '2026-03-01T06:00:00.000Z' }
  await writeFile(join(folder, 'current.json.tmp'), JSON.stringify(current))
  await rename(join(folder, 'current.json.tmp'), join(folder, 'current.json'))
}

export async function writeMarts(file: string, options: FixtureOptions = {}): Promise<void> {
  const warehouse = await openWarehouse(file)
  try {
    const connection = await warehouse.connect()
    for (const statement of statements(options)) await connection.run(statement)
    await connection.run('checkpoint')
  } finally {
    warehouse.close()
  }
}

function statements(options: FixtureOptions): string[] {
  const {
    seed = 1,
    deals = 300,
    label = '',
    withAggregates = true,
    fiscalCalendar = CALENDAR_YEARS,
  } = options
  const draw = (name: string, sides: number): string =>
    `(hash(concat_ws(' ', i, '${name}', ${seed})) % ${sides})::int`
  const one = (name: string, values: readonly (string | null)[]): string =>
    `[${values.map((value) => (value === null ? 'null' : `'${value}'`)).join(', ')}][1 + ${draw(name, values.length)}]`
  const person = (name: string): string => one(name, [...PEOPLE, 'unknown'])
  const department = (name: string): string => one(name, [...DEPARTMENTS, 'unknown'])
  const client = (name: string): string =>
    `if(${draw(`${name} known`, 9)} = 0, 'unknown', 'c' || ${draw(name, 60)})`
  const money = (name: string): string => `(${draw(name, 100_000)} / 100.0)::decimal(18, 2)`
  const at = (name: string): string => `(timestamp '2025-01-01' + to_minutes(${draw(name, 600_000)}))`
  const local = (name: string, value: string): string =>
    `${value} as ${name}, ${value} + interval 3 hour as ${name}_local`
  const chance = (name: string, sides: number): string => `${draw(name, sides)} = 0`
  const maybe = (name: string, value: string): string => `if(${draw(`${name} known`, 4)} = 0, null, ${value})`
  const policy = `${person('client owner')} as client_owner_id, ${department('client department')} as client_department_id`
  const owner = `${person('owner')} as owner_id, ${department('department')} as department_id`
  const rows = (table: string, count: number, columns: string): string =>
    `create table ${table} as select ${columns} from range(${count}) as numbers(i)`
  const then = (name: string, keys: readonly string[]): string =>
    `[${keys.map((key) => `'${key}'`).join(', ')}][1 + (hash(deal_id, n, '${name}') % ${keys.length})::int] as ${name}`
  const status = one('status', ['open', 'won', 'lost', 'ignored'])
  const closedAs = (result: string): string =>
    `if(${status} = '${result}', ${maybe('closed', at('closed'))}, null)`
  return [
    `create table dim_date as select d::date as date_day, year(d)::int as year, quarter(d)::int as quarter, month(d)::int as month, date_trunc('month', d)::date as month_start, isodow(d) < 6 as is_working_day from range(date '2025-01-01', date '2027-01-01', interval 1 day) as days(d)`,
    `create table dim_working_day as select 'company' as calendar_id, date_day, month_start, is_working_day from dim_date`,
    `create table dim_absent_day as select ''::varchar as manager_id, ''::varchar as calendar_id, date_day, month_start from dim_date limit 0`,
    `create table dim_manager_department as select manager_id, '${DEPARTMENTS[0]}' as department_id, timestamp '2020-01-01' as valid_from, null::timestamp as valid_to from (values ${PEOPLE.map((key) => `('${key}')`).join(', ')}) as keys(manager_id)`,
    `create table dim_department as select department_id, 'Department ' || department_id as department_name, null::varchar as parent_department_id, null::varchar as head_manager_id, null::varchar as head_name, 'Centre' as branch, 'company' as calendar_id from (values ${DEPARTMENTS.map((key) => `('${key}')`).join(', ')}) as keys(department_id) union all select 'unknown', null, null, null, null, null, 'company'`,
    `create table dim_manager as select manager_id, 'Person ' || manager_id as manager_name, null::varchar as email, null::varchar as extension, department_id, 'D' as department_name, null::varchar as head_name, 'Centre' as branch, true as is_active from (values ${PEOPLE.map((key, index) => `('${key}', '${DEPARTMENTS[index % 3]}')`).join(', ')}) as keys(manager_id, department_id) union all select 'unknown', null, null, null, null, null, null, null, false`,
    rows(
      'dim_client',
      60,
      `'c' || i as client_id, if(i % 7 = 0, '50% off_' || i, 'Client ' || i) as client_name, ${one('type', ['company', 'person'])} as client_type, ${one('sector', ['retail', 'software', null])} as sector, 'Riga' as city, 'LV' as country, 1 as records_count, ${at('seen')} as first_seen_at, ${one('saved', ['VIP', 'Sleeping, VIP', null])} as saved_segments`,
    ),
    `insert into dim_client values ('unknown', null, null, null, null, null, 0, null, null)`,
    rows(
      'dim_client_record',
      150,
      `'crm:' || i as client_record_id, 'c' || (i % 60) as client_id, if(i % 5 = 0, 'a_b ' || i, 'Record ' || i) as client_name, ${one('type', ['company', 'person'])} as client_type, '+3712' || (1000000 + i) as phone, 'mail_' || i || '@example.com' as email, ${one('sector', ['retail', 'software', null])} as sector, 'Riga' as city, 'LV' as country, ${chance('consent', 2)} as has_consent, ${owner}, 'crm' as origin, ${local('created_at', at('created'))}, ${local('first_won_at', maybe('won', at('won')))}, ${local('last_won_at', maybe('won', at('won')))}, ${local('last_contact_at', maybe('contact', at('contact')))}, ${draw('deals', 5)} as deal_count, ${draw('won deals', 3)} as won_deal_count, ${one('segment', ['Loyal', 'Lost', null])} as segment, ${one('bought', ['A', 'A, B', null])} as products_bought, ${one('cell', ['555', '111', null])} as rfm_cell, ${maybe('bill', draw('bill', 900))}::double as average_bill, ${maybe('alive', draw('alive', 100))} / 100.0::double as probability_alive, ${maybe('churn', draw('churn', 100))} / 100.0::double as churn_risk, ${maybe('worth', draw('worth', 900))}::double as expected_value, ${draw('orders', 9)} as client_orders_count, ${draw('spent', 9000)}::double as client_amount, ${maybe('recency', draw('recency', 400))} as recency_days, ${maybe('silence', draw('silence', 400))} as days_since_contact, ${one('reason', ['next order', null])} as next_key_reason, ${one('doubts', ['phone_invalid:crm:1:1;', null])} as doubts, ${maybe('key', at('key'))}::date as next_key_on, ${maybe('gap', draw('gap', 90))}::double as average_gap_days, ${money('won amount')} as won_amount`,
    ),
    `create table dim_stage as select 's' || i as stage_id, 'sales' as pipeline_id, 'Sales' as pipeline_name, 1 as pipeline_version, 'Stage ' || i as stage_name, i::int as stage_order, 'open' as meaning, timestamp '2020-01-01' as valid_from, null::timestamp as valid_to from range(1, 6) as numbers(i)`,
    `create table dim_source as select * from (values ('web', 'Web'), ('ads', 'Ads'), ('unknown', null)) as sources(source_id, source_name)`,
    `create table dim_product as select * from (values ('p1', 'Basic', 'Plans', 10.0), ('p2', '100%_Pro', 'Plans', 20.0), ('unknown', null, null, null)) as products(product_id, product_name, category, price)`,
    rows(
      'fct_deals',
      deals,
      `'crm:' || i as deal_id, ${one('origin', ['crm', 'files'])} as origin, i::varchar as source_deal_id, 'https://crm.example/' || i as source_url, '${label}Deal ' || i as title, 'sales' as pipeline_id, 's' || (1 + ${draw('stage', 5)}) as stage_id, ${status} as status, ${client('client')} as client_id, null::varchar as client_record_id, ${one('product', ['p1', 'p2', 'unknown'])} as product_id, ${one('source', ['web', 'ads', 'unknown'])} as source_id, ${one('branch', ['Centre', 'North', null])} as branch, ${owner}, ${person('owner now')} as owner_now_id, ${department('department now')} as department_now_id, ${policy}, ${one('currency', ['EUR', 'USD'])} as currency, ${one('lost reason', ['price', null])} as lost_reason, null::varchar as exclusion_reason, ${money('amount')} as amount, ${maybe('amount', money('amount'))} as amount_company, ${money('amount')} as amount_net, ${maybe('paid', money('paid'))} as amount_paid, ${maybe('paid company', money('paid company'))} as amount_paid_company, ${maybe('balance', money('balance'))} as balance_company, ${maybe('cost', money('cost'))} as cost, ${maybe('cost company', money('cost company'))} as cost_company, (${draw('cycle', 9_000)} / 100.0)::double as cycle_days, (${draw('expected', 100)} / 100.0)::double as expected_win, ${draw('furthest', 5)} as furthest_stage_order, 0 as reopened_count, ${chance('qualified', 2)} as is_qualified, ${status} = 'won' as is_won, ${status} = 'lost' as is_lost, ${status} = 'open' as is_open, ${chance('excluded', 12)} as is_excluded, true as has_reliable_owner, ${local('created_at', at('created'))}, ${local('closed_at', maybe('closed', at('closed')))}, ${local('won_at', closedAs('won'))}, ${local('lost_at', closedAs('lost'))}, ${local('stage_entered_at', maybe('in stage', at('in stage')))}, ${local('paid_at', maybe('paid on', at('paid on')))}, ${local('completed_at', maybe('completed', at('completed')))}, ${at('expected')}::date as expected_close_on, 1::bigint as _load_id`,
    ),
    `create table fct_deals_as_of as select * exclude (n) replace (${then('owner_id', PEOPLE)}, ${then('department_id', DEPARTMENTS)}), timestamp '2025-01-01' + to_days(150 * n::int) as known_from_local, if(n = 2, timestamp '9999-12-31', timestamp '2025-01-01' + to_days(150 * (n::int + 1))) as known_to_local, 1 as pipeline_version from (select columns(c -> c not in (${UNKNOWN_THEN.map((name) => `'${name}'`).join(', ')})) from fct_deals), range(3) as versions(n)`,
    rows(
      'fct_stage_events',
      600,
      `'e' || i as stage_event_id, 'crm:' || (i % ${deals}) as deal_id, 'sales' as pipeline_id, 's' || (1 + ${draw('stage', 5)}) as stage_id, (1 + ${draw('stage', 5)}) as stage_order, ${owner}, ${person('owner now')} as owner_now_id, ${policy}, 'p1' as product_id, 'web' as source_id, ${one('how', ['manual', 'auto'])} as how, ${chance('first', 2)} as is_first_entry, ${chance('return', 5)} as is_return, false as is_reopen, ${chance('inferred', 6)} as is_inferred, ${chance('excluded', 12)} as is_excluded, ${local('entered_at', at('entered'))}, ${local('exited_at', maybe('exited', at('exited')))}, ${maybe('stay', draw('stay', 900_000))}::bigint as stay_seconds, 1::bigint as _load_id`,
    ),
    rows(
      'fct_deal_stages',
      900,
      `'x' || i as deal_stage_id, 'crm:' || (i % ${deals}) as deal_id, 'sales' as pipeline_id, 's' || (1 + ${draw('stage', 5)}) as stage_id, (1 + ${draw('stage', 5)}) as stage_order, ${owner}, ${person('owner now')} as owner_now_id, ${policy}, ${one('product', ['p1', 'p2', 'unknown'])} as product_id, ${one('source', ['web', 'ads', 'unknown'])} as source_id, 'Centre' as branch, ${chance('strict', 4)} as is_strict, ${chance('visited', 2)} as is_visited, ${chance('reached', 2)} as is_reached, ${chance('returned', 6)} as is_returned, ${chance('advanced', 3)} as is_advanced, ${chance('open', 6)} as is_open, ${chance('lost', 6)} as is_lost, ${chance('excluded', 12)} as is_excluded, 1 + ${draw('version', 2)} as pipeline_version, ${chance('reopened', 9)} as is_reopened, ${maybe('observed', draw('observed', 900_000))}::bigint as observed_seconds, ${maybe('stay', draw('stay', 900_000))}::bigint as stay_seconds, ${money('amount')} as amount_company, ${local('deal_created_at', at('created'))}, ${local('entered_at', maybe('entered', at('entered')))}`,
    ),
    rows(
      'fct_stage_moves',
      600,
      `'m' || i as stage_move_id, 'e' || i as stage_event_id, 'crm:' || (i % ${deals}) as deal_id, 's' || (1 + ${draw('stage', 5)}) as stage_id, i::bigint as position, ${at('entered')} as entered_at, entered_at as known_from_local, timestamp '9999-12-31' as known_to_local`,
    ),
    rows(
      'fct_deal_lines',
      500,
      `'l' || i as line_id, 'crm:' || (i % ${deals}) as deal_id, ${one('origin', ['crm', 'files'])} as origin, ${one('product', ['p1', 'p2', 'unknown'])} as product_id, ${one('source', ['web', 'ads', 'unknown'])} as source_id, 's' || (1 + ${draw('stage', 5)}) as stage_id, ${client('client')} as client_id, ${owner}, ${person('owner now')} as owner_now_id, ${policy}, ${one('branch', ['Centre', 'North', null])} as branch, ${status} as status, ${status} = 'won' as is_won, ${chance('excluded', 12)} as is_excluded, (1 + ${draw('quantity', 9)})::decimal(18, 4) as quantity, ${money('price')} as price, ${money('discount')} as discount_company, ${one('currency', ['EUR', 'USD'])} as currency, ${money('amount')} as amount, ${maybe('amount', money('amount'))} as amount_company, ${local('created_at', at('created'))}, ${local('closed_at', maybe('closed', at('closed')))}, ${local('won_at', closedAs('won'))}, 1::bigint as _load_id`,
    ),
    rows(
      'fct_sales',
      500,
      `'z' || i as sale_id, 'crm:' || (i % ${deals}) as deal_id, ${one('origin', ['crm', 'files'])} as origin, ${one('kind', ['booked', 'changed', 'cancelled', 'credited_from', 'credited_to'])} as kind, 's' || (1 + ${draw('stage', 5)}) as stage_id, ${client('client')} as client_id, ${one('product', ['p1', 'p2', 'unknown'])} as product_id, ${one('source', ['web', 'ads', 'unknown'])} as source_id, ${one('branch', ['Centre', 'North', null])} as branch, ${owner}, ${person('owner now')} as owner_now_id, ${policy}, (${draw('sign', 3)} - 1)::int as sales_count, ${maybe('amount', money('amount'))} as amount_company, ${chance('excluded', 12)} as is_excluded, true as is_observed, ${local('occurred_at', at('occurred'))}`,
    ),
    rows(
      'fct_leads',
      300,
      `'crm:lead:' || i as lead_id, 'crm' as origin, 'Lead ' || i as title, 'https://crm.example/lead/' || i as source_url, ${one('outcome', ['open', 'converted', 'lost'])} as outcome, ${one('status', ['New', 'Junk'])} as status_name, ${maybe('deal', `'crm:' || (i % ${deals})`)} as deal_id, ${client('client')} as client_id, ${one('source', ['web', 'ads', 'unknown'])} as source_id, ${one('channel', ['Google Ads', 'Web', 'unknown'])} as channel, ${one('utm', ['google', null])} as utm_source, ${one('medium', ['cpc', null])} as utm_medium, ${one('campaign', ['Spring', null])} as campaign, ${one('keyword', ['solar', null])} as keyword, null::varchar as landing_page, ${one('found by', ['marks', 'visit', 'unknown'])} as found_by, ${owner}, ${person('owner now')} as owner_now_id, ${policy}, ${chance('won', 5)} as is_won, ${chance('excluded', 12)} as is_excluded, ${maybe('days', draw('days', 60))}::double as days_to_end, ${local('created_at', at('created'))}, ${local('ended_at', maybe('ended', at('ended')))}, 1::bigint as _load_id`,
    ),
    rows(
      'fct_payments',
      500,
      `'y' || i as payment_id, 'crm:' || (i % ${deals}) as deal_id, ${one('origin', ['crm', 'files'])} as origin, ${one('kind', ['invoice', 'credit', 'payment', 'refund'])} as kind, ${one('product', ['p1', 'p2', 'unknown'])} as product_id, ${one('source', ['web', 'ads', 'unknown'])} as source_id, 's' || (1 + ${draw('stage', 5)}) as stage_id, ${client('client')} as client_id, ${owner}, ${person('owner now')} as owner_now_id, ${policy}, ${one('branch', ['Centre', 'North', null])} as branch, ${status} as status, ${chance('excluded', 12)} as is_excluded, ${one('currency', ['EUR', 'USD'])} as currency, ${money('amount')} as amount, ${maybe('billed', money('billed'))} as billed_company, ${maybe('received', money('received'))} as received_company, ${maybe('unpaid', money('unpaid'))} as unpaid_company, ${local('issued_at', at('issued'))}, ${maybe('due', at('due'))}::date as due_on, ${local('paid_at', maybe('paid', at('paid')))}, 1::bigint as _load_id`,
    ),
    rows(
      'fct_calls',
      500,
      `'k' || i as call_id, 'crm' as origin, ${one('direction', ['in', 'out'])} as direction, '+3712' || (1000000 + i % 150) as phone, ${owner}, ${client('client')} as client_id, null::varchar as client_record_id, null::varchar as deal_id, ${policy}, ${person('deal owner')} as deal_owner_now_id, ${one('topic', ['Price', 'Help', null])} as topic, ${draw('wait', 60)}::decimal(18, 2) as wait_seconds, ${draw('talk', 600)}::decimal(18, 2) as talk_seconds, ${draw('hour', 24)} as hour_of_day, ${draw('answered', 4)} > 0 as is_answered, ${draw('answered', 4)} > 1 as is_connected, ${chance('lost', 9)} as is_lost, ${chance('conversation', 2)} as is_conversation, ${chance('next step', 3)} as has_next_step, ${chance('won after', 4)} as is_won_after, ${local('started_at', at('started'))}, 1::bigint as _load_id`,
    ),
    rows(
      'fct_activities',
      300,
      `'a' || i as activity_id, 'crm' as origin, ${one('kind', ['task', 'meeting', 'mail'])} as kind, 'Subject ' || i as subject, ${owner}, ${client('client')} as client_id, 'crm:' || (i % ${deals}) as deal_id, ${policy}, ${person('deal owner')} as deal_owner_now_id, ${draw('hour', 24)} as hour_of_day, ${chance('completed', 2)} as is_completed, ${local('created_at', at('created'))}, ${local('due_at', maybe('due', at('due')))}, ${local('completed_at', maybe('completed', at('completed')))}, 1::bigint as _load_id`,
    ),
    rows(
      'fct_requests',
      300,
      `'r' || i as request_id, 'crm' as origin, ${one('kind', ['lead', 'missed_call', 'message'])} as kind, 'crm:' || (i % ${deals}) as deal_id, ${owner}, ${maybe('answerer', person('answerer'))} as answered_by_id, ${client('client')} as client_id, ${one('product', ['p1', 'p2', 'unknown'])} as product_id, ${one('source', ['web', 'ads', 'unknown'])} as source_id, 's' || (1 + ${draw('stage', 5)}) as stage_id, ${policy}, ${person('deal owner')} as deal_owner_now_id, ${one('outcome', ['answered', 'closed', 'waiting'])} as outcome, ${one('how', ['call', 'message', null])} as answered_how, 1 + ${draw('asked', 3)} as asked_count, ${draw('attempts', 4)} as attempts_count, ${draw('hour', 24)} as hour_of_day, ${maybe('response', draw('response', 90_000))}::bigint as response_seconds, ${maybe('clock', draw('clock', 90_000))}::bigint as response_clock_seconds, ${draw('waited', 90_000)}::bigint as waited_seconds, ${chance('waiting', 5)} as is_waiting, ${chance('due 15', 2)} as is_due_15, ${chance('in 15', 3)} as is_in_time_15, ${chance('due 20', 2)} as is_due_20, ${chance('in 20', 3)} as is_in_time_20, ${chance('due 30', 2)} as is_due_30, ${chance('in 30', 3)} as is_in_time_30, ${chance('excluded', 12)} as is_excluded, ${local('requested_at', at('requested'))}, ${local('answered_at', maybe('answered', at('answered')))}, ${local('first_attempt_at', maybe('attempt', at('attempt')))}, 1::bigint as _load_id`,
    ),
    rows(
      'fct_stage_times',
      200,
      `'z' || i as stage_time_id, ${one('slice', ['company', 'department', 'person'])} as slice, ${owner}, 's' || (1 + ${draw('stage', 5)}) as stage_id, (1 + ${draw('stage', 5)}) as stage_order, ${draw('day', 365)} as day, ${draw('deals', 90)} as deals_count, ${draw('left', 60)} as left_count, ${draw('survival', 100)} / 100.0 as survival, ${draw('advanced', 100)} / 100.0 as advanced_share, ${draw('lost', 100)} / 100.0 as lost_share, ${maybe('median', draw('median', 60))}::double as median_days`,
    ),
    rows(
      'fct_deal_months',
      300,
      `'o' || i as deal_month_id, 'crm:' || (i % ${deals}) as deal_id, ${owner}, ${person('owner now')} as owner_now_id, ${policy}, ${client('client')} as client_id, ${one('product', ['p1', 'p2', 'unknown'])} as product_id, ${one('source', ['web', 'ads', 'unknown'])} as source_id, 's' || (1 + ${draw('stage', 5)}) as stage_id, ${chance('excluded', 12)} as is_excluded, ${maybe('amount', money('amount'))} as amount_company, ${status} as status, ${status} = 'open' as is_open, ${status} = 'won' as is_won, ${status} = 'lost' as is_lost, ${draw('age', 90)} as age_days, (timestamp '2025-01-01' + to_months(i % 12)) as month_start`,
    ),
    rows(
      'fct_deal_history',
      300,
      `'h' || i as deal_history_id, 'crm:' || (i % ${deals}) as deal_id, ${owner}, ${person('owner now')} as owner_now_id, ${policy}, ${client('client')} as client_id, ${one('product', ['p1', 'p2', 'unknown'])} as product_id, ${one('source', ['web', 'ads', 'unknown'])} as source_id, 's' || (1 + ${draw('stage', 5)}) as stage_id, ${chance('excluded', 12)} as is_excluded, ${maybe('amount', money('amount'))} as amount_company, ${status} as status, ${chance('observed', 2)} as is_observed, ${local('created_at', at('created'))}, ${local('valid_from', at('from'))}, ${local('valid_to', at('to'))}`,
    ),
    rows(
      'fct_closed_results',
      300,
      `'q' || i as closed_result_id, 'crm:' || (i % ${deals}) as deal_id, 'Deal ' || i as title, 'Client' as client_name, 'Product' as product_name, 'Source' as source_name, 'Pipeline' as pipeline_name, 'Stage' as stage_name, 'Rule' as rule, 'Eva' as author, 'Reason' as reason, ${local('changed_at', at('changed'))}, ${owner}, ${person('owner after')} as owner_after_id, 'Person' as owner_name, 'Department' as department_name, ${person('owner now')} as owner_now_id, ${policy}, ${one('kind', ['deal', 'deal', 'target'])} as kind, ${one('change', ['none', 'added', 'amount'])} as change, ${one('metric', ['won_amount', 'calls', null])} as metric, ${one('status then', ['won', 'lost', null])} as status_then, ${one('status now', ['won', 'lost', null])} as status_now, ${['value_then', 'value_now', 'won_then', 'won_now', 'won_difference'].map((name) => `${money(name)} as ${name}`).join(', ')}, (timestamp '2025-01-01' + to_months(i % 12)) as month_start, ${local('closed_at', at('closed'))}`,
    ),
    rows(
      'fct_mentions',
      200,
      `'v' || i as mention_id, 'deal' as entity, 'crm:' || (i % ${deals}) as record_id, 'crm:' || (i % ${deals}) as deal_id, ${client('client')} as client_id, ${owner}, ${policy}, ${person('deal owner')} as deal_owner_now_id, ${one('topic', ['price', 'quality'])} as topic, ${one('place', ['note', 'call'])} as place, ${one('word', ['expensive', 'broken'])} as word, 'Text ' || i as quote, ${chance('excluded', 12)} as is_excluded, ${local('mentioned_at', at('mentioned'))}`,
    ),
    rows(
      'fct_client_months',
      400,
      `'m' || i as client_month_id, 'crm:' || (i % 150) as client_record_id, 'c' || (i % 60) as client_id, ${owner}, ${one('segment', ['Loyal', 'Lost'])} as segment, ${one('before', ['Loyal', 'Lost', null])} as segment_before, 1 + ${draw('r', 5)} as recency_score, 1 + ${draw('f', 5)} as frequency_score, 1 + ${draw('m', 5)} as monetary_score, ${draw('recency', 90)} as recency_days, 1 + ${draw('orders so far', 9)} as client_orders_count, ${money('so far')} as client_amount, ${draw('k', 12)} as months_since_first, ${draw('orders', 3)} as orders_count, ${money('amount')} as amount, ${money('first')} as first_amount, ${chance('bought', 3)} as has_bought, ${chance('retained', 2)} as is_retained, ${draw('complete', 9)} > 0 as is_complete, ${chance('latest', 6)} as is_latest, (timestamp '2025-01-01' + to_months(${draw('cohort', 6)})) as first_month, (timestamp '2025-01-01' + to_months(i % 12)) as month_start`,
    ),
    rows(
      'fct_segment_members',
      200,
      `'w' || i as segment_member_id, ${one('saved segment', ['s1', 's2'])} as segment_id, ${one('saved segment', ['VIP', null])} as segment_name, 'crm:' || (i % 150) as client_record_id, 'c' || (i % 60) as client_id, ${owner}, 'Record ' || i as client_name, ${one('type', ['company', 'person'])} as client_type, '+3712' || (1000000 + i) as phone, 'mail_' || i || '@example.com' as email, ${one('sector', ['retail', null])} as sector, 'Riga' as city, ${one('standing', ['audience', 'control group', 'without consent', 'without contact'])} as standing, ${chance('in audience', 2)} as is_in_audience, ${chance('counted', 2)} as is_counted`,
    ),
    rows(
      'fct_segment_sizes',
      200,
      `'z' || i as segment_size_id, ${one('saved segment', ['s1', 's2'])} as segment_id, ${one('saved segment', ['VIP', null])} as segment_name, ${owner}, ${['clients', 'audience', 'control', 'without_consent', 'without_contact'].map((name) => `${draw(name, 90)} as ${name}_count`).join(', ')}, ${chance('latest', 6)} as is_latest, date '2025-01-01' + ${draw('day', 90)} as size_on`,
    ),
    rows(
      'fct_call_ladder',
      900,
      `'l' || i as ladder_id, (timestamp '2025-01-01' + to_months(${draw('month', 14)})) as started_month, ${owner}, ${one('step', ['connected', 'conversation', 'next step', 'won'])} as step, ${one('source', ['web', 'ads', 'unknown'])} as source_id, ${one('part', ['09–12', '12–15', '15–18', '18–24'])} as day_part, 1 + 4 * ${draw('source', 3)} + ${draw('part', 4)} as stratum, 1 + ${draw('cases', 40)}::bigint as cases, ${draw('passed', 1000)}::bigint % (2 + ${draw('cases', 40)}) as passed, (1 + 4 * ${draw('source', 3)} + ${draw('part', 4)}) / 78.0::double as standard_share, (4 * ${draw('source', 3)} + ${draw('part', 4)}) / 20.0::double as company_rate`,
    ),
    rows(
      'fct_team_days',
      300,
      `'d' || i as team_day_id, ${owner}, (timestamp '2025-01-01' + to_days(${draw('day', 400)})) as day, ${['calls_count', 'outgoing_calls_count', 'connected_calls_count', 'outgoing_connected_count', 'missed_calls_count', 'activities_done_count', 'activities_due_count', 'activities_in_time_count', 'requests_count', 'requests_due_count', 'requests_in_time_count', 'deals_created_count', 'deals_won_count', 'deals_lost_count'].map((name) => `${draw(name, 9)} as ${name}`).join(', ')}, ${money('talk')} as talk_seconds, ${money('won')} as won_amount, ${maybe('target', money('target'))} as won_target, ${chance('worked', 2)} as is_worked`,
    ),
    rows(
      'fct_marketing',
      400,
      `'g' || i as marketing_id, ${one('kind', ['cost', 'visits', 'lead', 'deal'])} as kind, ${one('origin', ['crm', 'ads'])} as origin, if(${one('kind', ['cost', 'visits', 'lead', 'deal'])} = 'lead' or ${one('kind', ['cost', 'visits', 'lead', 'deal'])} = 'deal' and ${chance('of a lead', 2)}, 'crm:lead:' || i, null) as lead_id, if(${one('kind', ['cost', 'visits', 'lead', 'deal'])} = 'deal', 'crm:' || i, null) as deal_id, ${client('client')} as client_id, ${owner}, ${person('owner now')} as owner_now_id, ${policy}, ${one('channel', ['Google Ads', 'Email', 'unknown'])} as channel, ${one('utm', ['google', null])} as utm_source, ${one('utm medium', ['cpc', null])} as utm_medium, ${one('campaign', ['Brand', 'Search', null])} as campaign, ${one('ad group', ['A', null])} as ad_group, ${one('keyword', ['solar', null])} as keyword, ${one('page', ['a.example/x', null])} as landing_page, ${one('found by', ['marks', 'visit', null])} as found_by, if(${one('kind', ['cost', 'visits', 'lead', 'deal'])} = 'lead', ${one('lead outcome', ['open', 'converted', 'lost'])}, null) as lead_outcome, if(${one('kind', ['cost', 'visits', 'lead', 'deal'])} = 'deal', ${one('status', ['open', 'won', 'lost'])}, null) as status, ${draw('impressions', 900)}::bigint as impressions, ${draw('clicks', 90)}::bigint as clicks, ${draw('visits', 9)}::bigint as visits, ${maybe('cost', money('cost'))} as cost_company, ${maybe('amount', money('amount'))} as amount_company, ${maybe('margin', money('margin'))} as margin_company, ${chance('unpriced', 20)} as is_unpriced, ${chance('new client', 5)} as is_new_client, ${one('kind', ['cost', 'visits', 'lead', 'deal'])} = 'lead' or ${one('kind', ['cost', 'visits', 'lead', 'deal'])} = 'deal' and not ${chance('of a lead', 2)} as is_lead, ${one('kind', ['cost', 'visits', 'lead', 'deal'])} = 'lead' and ${chance('won lead', 4)} as is_won_lead, ${chance('excluded', 12)} as is_excluded, (timestamp '2025-01-01' + to_days(${draw('day', 400)})) as day, 1::bigint as _load_id`,
    ),
    rows(
      'fct_targets',
      60,
      `'t' || i as target_id, 'won_amount' as metric, date '2025-01-01' as month_start, ${owner}, null::varchar as product_id, null::varchar as source_id, 100.0::decimal(18, 4) as value, 100.0::decimal(18, 2) as first_value, ${maybe('reached', money('reached'))}::decimal(18, 2) as actual_value, 1 as version, ${chance('current', 2)} as is_current, ${chance('original', 2)} as is_original, timestamp '2025-01-01' as valid_from, timestamp '2025-01-01' as valid_from_local, timestamp '9999-12-31' as valid_to_local, 'x' as author, null::varchar as reason`,
    ),
    rows(
      'fct_target_attainment',
      120,
      `'n' || i as attainment_id, ${one('metric', ['won_amount', 'calls'])} as metric, (timestamp '2025-01-01' + to_months(i % 12)) as month_start, ${owner}, ${maybe('target', money('target'))} as target_value, ${['original', 'open', 'expected', 'projected'].map((name) => `${maybe(name, money(name))} as ${name}_value`).join(', ')}, ${maybe('required', money('required'))} as required_per_day, ${money('actual')} as actual_value`,
    ),
    rows(
      'fct_client_value',
      60,
      `'c' || i as client_id, ${owner}, 1 + ${draw('purchases', 5)} as purchase_days_count, ${draw('repeats', 5)} as repeats_count, ${draw('silent', 400)} as silent_days, ${maybe('gap', draw('gap', 90))}::double as median_gap_days, ${money('amount')} as amount, ${maybe('alive', draw('alive', 100))} / 100.0::double as probability_alive, ${maybe('churn', draw('churn', 100))} / 100.0::double as churn_risk, ${maybe('expected', draw('expected', 9))}::double as expected_purchases, ${maybe('spend', money('spend'))} as expected_spend, ${maybe('value', money('value'))} as expected_value, ${maybe('is silent', chance('is silent', 3))} as is_silent, date '2025-01-01' + ${draw('first', 90)} as first_bought_on, date '2025-06-01' + ${draw('last', 90)} as last_bought_on, date '2026-03-01' as as_of`,
    ),
    rows(
      'fct_forecast',
      240,
      `'f' || i as forecast_id, 's' || (i % 20) as series_id, ${one('metric', ['won_amount', 'calls'])} as metric, ${one('scope', ['company', 'department', 'person'])} as scope, ${owner}, ${one('method', ['top-down', 'bottom-up', 'blended'])} as method, 'combination' as model, ${chance('chosen', 3)} as is_chosen, ${maybe('carried', money('carried'))} as carried_forecast, 0.5::double as bottom_up_share, ${['forecast', 'lower_80', 'upper_80', 'lower_95', 'upper_95'].map((name) => `${money(name)} as ${name}`).join(', ')}, 3 as origins_count, ${['smape', 'naive_smape', 'mase', 'naive_mase', 'coverage_80', 'coverage_95'].map((name) => `${maybe(name, draw(name, 100))} / 100.0::double as ${name}`).join(', ')}, (timestamp '2026-03-01' + to_months(i % 12)) as month_start, date '2026-03-01' as as_of`,
    ),
    rows(
      'fct_forecast_deals',
      240,
      `'o' || i as forecast_deal_id, 'crm:' || (i % ${deals}) as deal_id, 'https://crm/' || i as source_url, 'Deal ' || i as title, 's' || (1 + ${draw('stage', 5)}) as stage_id, ${owner}, ${person('owner now')} as owner_now_id, ${policy}, ${client('client')} as client_id, ${maybe('amount', money('amount'))} as amount_company, ${draw('chance', 100)} / 100.0::double as chance, ${draw('until', 100)} / 100.0::double as chance_until, ${money('expected')} as expected_amount, (timestamp '2026-03-01' + to_months(i % 12)) as month_start, date '2026-03-01' as as_of`,
    ),
    rows(
      'fct_forecast_backtest',
      240,
      `'b' || i as backtest_id, 's' || (i % 20) as series_id, ${one('metric', ['won_amount', 'calls'])} as metric, ${one('method', ['top-down', 'blended'])} as method, ${chance('chosen', 2)} as is_chosen, ${one('scope', ['company', 'department', 'person'])} as scope, ${owner}, ${['forecast', 'naive_forecast', 'actual_value'].map((name) => `${money(name)} as ${name}`).join(', ')}, (timestamp '2025-03-01' + to_months(${draw('origin', 3)} * 4)) as origin_month, (timestamp '2025-03-01' + to_months(i % 12)) as month_start, date '2026-03-01' as as_of`,
    ),
    rows(
      'fct_forecast_calibration',
      240,
      `'k' || i as calibration_id, 1 + 2 * (i % 2) as term_months, 1 + ${draw('tenth', 10)} as tenth, ${owner}, 5 + ${draw('open', 9)} as deals_count, ${draw('expected', 500)} / 100.0::double as expected_count, ${draw('won', 6)} as won_count, (timestamp '2025-03-01' + to_months(i % 12)) as month_start, date '2026-03-01' as as_of`,
    ),
    rows(
      'fct_attribution',
      160,
      `'v' || i as attribution_id, ['first', 'last', 'last_non_direct', 'linear', 'position', 'time_decay', 'markov', 'shapley'][1 + i % 8] as model, ${one('channel', ['Web', 'Ads', 'Incoming call'])} as channel, ${one('campaign', ['Brand', 'Search', null])} as campaign, ${one('page', ['a.example/x', null])} as landing_page, ${one('keyword', ['solar', null])} as keyword, (${draw('deals', 900)} / 100.0)::double as conversions, ${money('amount')}::decimal(18, 4) as amount, (timestamp '2025-01-01' + to_months(${draw('month', 12)})) as month_start, date '2026-03-01' as as_of`,
    ),
    rows(
      'fct_deal_touches',
      400,
      `'j' || i as deal_touch_id, 'crm:' || (i % ${deals}) as deal_id, 'visit:' || i as touch_id, ${one('kind', ['request', 'visit', 'call'])} as kind, 1 + ${draw('step', 4)} as step, 5 as touches_count, ${one('channel', ['Web', 'Ads', 'unknown'])} as channel, ${one('campaign', ['Brand', null])} as campaign, ${one('page', ['a.example/x', null])} as landing_page, ${one('keyword', ['solar', null])} as keyword, ${chance('direct', 3)} as is_direct, ${draw('before', 90)}::double as days_before_request, ${maybe('sale', draw('sale', 90))}::double as days_before_sale, ${status} as status, ${status} = 'won' as is_won, ${chance('excluded', 12)} as is_excluded, ${client('client')} as client_id, ${owner}, ${person('owner now')} as owner_now_id, ${policy}, ${local('touched_at', at('touched'))}, ${local('closed_at', maybe('closed', at('closed')))}, ${local('won_at', closedAs('won'))}, date '2026-03-01' as as_of`,
    ),
    rows(
      'fct_deal_paths',
      deals,
      `'crm:' || i as deal_id, ${one('path', ['Web', 'Ads → Web', 'unknown'])} as path, ${one('first', ['Web', 'Ads', 'unknown'])} as first_channel, ${one('last', ['Web', 'unknown'])} as last_channel, 1 + ${draw('touches', 5)} as touches_count, 1 + ${draw('channels', 3)} as channels_count, ${status} as status, ${status} = 'won' as is_won, ${status} = 'lost' as is_lost, ${status} = 'open' as is_open, ${chance('excluded', 12)} as is_excluded, ${maybe('amount', money('amount'))} as amount_company, ${draw('days', 90)}::double as days_to_request, ${maybe('sale', draw('sale', 200))}::double as days_to_sale, ${client('client')} as client_id, ${owner}, ${person('owner now')} as owner_now_id, ${policy}, ${local('first_touched_at', at('first'))}, ${local('asked_at', at('asked'))}, ${local('closed_at', maybe('closed', at('closed')))}, ${local('won_at', closedAs('won'))}, date '2026-03-01' as as_of`,
    ),
    rows(
      'fct_data_quality',
      80,
      `'f' || i as finding_id, ${one('check', ['unknown_product', 'invalid_phone'])} as check_name, ${one('severity', ['low', 'high'])} as severity, 'deals' as entity, 'crm:' || i as record_key, 'Deal ' || i as record_label, 'value ' || i as value, 'suggestion' as suggestion, 'message' as message, 'crm' as origin, 1 + ${draw('rows', 5)} as found_rows, ${owner}`,
    ),
    rows(
      'fct_unused_rows',
      40,
      `'u' || i as quarantine_id, ${one('origin', ['crm', 'files'])} as origin, ${one('entity', ['deals', 'calls'])} as entity, ${one('column', ['amount', 'phone', null])} as column_name, 'value ' || i as value, ${one('reason', ['not a number', 'no key'])} as reason, ${one('file', ['a.csv', null])} as file, i::bigint as line, json_object('id', i)::varchar as record, ${local('arrived_at', at('arrived'))}, 1::bigint as _load_id`,
    ),
    ...(withAggregates
      ? ['fct_deal_sums', 'fct_call_sums', 'fct_stage_sums', 'fct_deal_month_sums']
      : []
    ).map(aggregate),
    `create table meta_freshness as select * from (values ('crm', 'deals', timestamp '2026-03-01 05:00:00', 10::bigint), ('crm', 'calls', timestamp '2026-03-01 04:00:00', 10::bigint), ('files', 'deals', null, 0::bigint)) as streams(source_name, stream, last_load_at, rows)`,
    `create table meta_build as select timestamp '2026-03-01 05:30:00' as built_at, timestamp '2025-01-01' as first_load_at, timestamp '2025-01-01' as owners_as_of, '${JSON.stringify(fiscalCalendar)}' as fiscal_calendar`,
  ]
}

// As dbt makes it, from the facts above.
function aggregate(name: string): string {
  const sql = readFileSync(join(import.meta.dirname, '../../models/marts/sums', `${name}.sql`), 'utf8')
  return `create table ${name} as ${sql.replaceAll(/\{\{ ref\('(\w+)'\) \}\}/g, '$1')}`
}

import { openWarehouse } from '#warehouse'
import { publishedFolder, publishFixture } from '../semantic/marts-fixture.ts'

/** 18 February 2026, 11:42 in Madrid: the moment at which the pages are looked at. */
export const NOW = new Date('2026-02-18T10:42:00Z')
export const VERSION = '20260218103000-a1b2'

const PEOPLE = [
  ['crm:p1', 'Marta Vidal', 'crm:d1'],
  ['crm:p2', 'Jordi Puig', 'crm:d1'],
  ['crm:p3', 'Aina Ferrer', 'crm:d1'],
  ['crm:p4', 'Lluís Roca', 'crm:d1'],
  ['crm:p5', 'Núria Soler', 'crm:d2'],
  ['crm:p6', 'Pau Esteve', 'crm:d2'],
  ['crm:p7', 'Clara Bosch', 'crm:d2'],
] as const

// Draws are hashes of the row's number, so that every run makes the same company.
const draw = (name: string, sides: number): string => `(hash(concat_ws(' ', i, '${name}')) % ${sides})::int`
const pick = (name: string, values: readonly string[]): string =>
  `[${values.map((value) => `'${value}'`).join(', ')}][1 + ${draw(name, values.length)}]`
const noon = `timestamp '2026-02-18 11:40:00'`
const owner = `'crm:p' || (1 + ${draw('person', 7)}) as owner_id, if(${draw('person', 7)} < 4, 'crm:d1', 'crm:d2') as department_id`
const people = `'crm:p' || (1 + ${draw('person', 7)})`
const home = `if(${draw('person', 7)} < 4, 'crm:d1', 'crm:d2')`
const client = `'c' || ${draw('client', 60)}`
const created = `date_trunc('minute', ${noon} - to_minutes((power(${draw('age', 10_000)} / 10000.0, 1.3) * 570000)::int))`
const status = `case when ${draw('outcome', 100)} < 34 then 'won' when ${draw('outcome', 100)} < 72 then 'lost' else 'open' end`

const DEALS = `
  create or replace table fct_deals as
  with drawn as (
    select i, ${created} as created_at, ${status} as drawn_status,
      (400 + pow(${draw('size', 1000)} / 1000.0, 3) * 38000)::decimal(18, 2) as amount,
      (2 + ${draw('cycle', 40)})::double as days
    from range(5200) as numbers(i)
  ),
  dated as (select *, created_at + to_days(days::int) as ended_at from drawn),
  known as (select *, if(ended_at > ${noon}, 'open', drawn_status) as status from dated)
  select 'crm:' || i as deal_id, 'crm' as origin, i::varchar as source_deal_id,
    'https://crm.example/deal/' || i as source_url,
    ${pick('what', ['Kitchen fit-out', 'Terrace door', 'Window set', 'Sliding wall', 'Glass facade'])} || ' ' || (1000 + i) as title,
    'sales' as pipeline_id, 's' || (1 + ${draw('stage', 5)}) as stage_id, status,
    ${client} as client_id, null::varchar as client_record_id,
    ${pick('product', ['p1', 'p2', 'p3'])} as product_id, ${pick('source', ['web', 'ads', 'ref', 'fair', 'call'])} as source_id,
    ${pick('branch', ['Barcelona', 'Girona'])} as branch, ${owner},
    ${people} as owner_now_id, ${home} as department_now_id, ${people} as client_owner_id, ${home} as client_department_id,
    'EUR' as currency, if(status = 'lost', ${pick('why', ['price', 'timing', 'competitor'])}, null) as lost_reason,
    null::varchar as exclusion_reason, amount, amount as amount_company, amount as amount_net,
    if(status = 'won', amount, null) as amount_paid, (amount * 0.62)::decimal(18, 2) as cost, if(status = 'won', amount, null) as amount_paid_company,
    (amount * 0.62)::decimal(18, 2) as cost_company, 0::decimal(18, 2) as balance_company, true as is_qualified, 0.5::double as expected_win, days as cycle_days,
    4 as furthest_stage_order, 0 as reopened_count,
    status = 'won' as is_won, status = 'lost' as is_lost, status = 'open' as is_open, i % 97 = 0 as is_excluded,
    true as has_reliable_owner,
    created_at, created_at as created_at_local,
    if(status = 'open', null, ended_at) as closed_at, if(status = 'open', null, ended_at) as closed_at_local,
    if(status = 'won', ended_at, null) as won_at, if(status = 'won', ended_at, null) as won_at_local,
    if(status = 'lost', ended_at, null) as lost_at, if(status = 'lost', ended_at, null) as lost_at_local,
    created_at as stage_entered_at, created_at as stage_entered_at_local,
    if(status = 'won', ended_at, null) as paid_at, if(status = 'won', ended_at, null) as paid_at_local,
    null::timestamp as completed_at, null::timestamp as completed_at_local,
    (created_at + interval 30 day)::date as expected_close_on, 1::bigint as _load_id
  from known`

const STAGES = `
  create or replace table fct_deal_stages as
  with passed as (
    select d.*, s.stage_id as at_stage, s.stage_order as place,
      (1 + least(5, floor(6.2 * pow((hash(deal_id) % 1000) / 1000.0, 1.25))))::int as drawn_furthest
    from fct_deals as d cross join dim_stage as s
  ),
  far as (select *, if(status = 'won', 6, least(drawn_furthest, 5)) as furthest from passed)
  select deal_id || '/' || at_stage as deal_stage_id, deal_id, pipeline_id, at_stage as stage_id, place as stage_order,
    owner_id, department_id, owner_now_id, client_owner_id, client_department_id, product_id, source_id, branch,
    place <= furthest and hash(deal_id || place) % 9 > 0 as is_strict, place <= furthest and hash(deal_id || place) % 14 > 0 as is_visited,
    place <= furthest as is_reached, place < furthest and hash(deal_id || 'r' || place) % 30 = 0 as is_returned,
    place < furthest as is_advanced, place = furthest and status = 'open' as is_open,
    place = furthest and status = 'lost' as is_lost, is_excluded,
    if(place < furthest, 40000 + hash(deal_id || place) % 500000, null)::bigint as stay_seconds, 1 as pipeline_version, false as is_reopened, (20000 + hash(deal_id || place || place) % 2500000)::bigint as observed_seconds, amount_company,
    created_at as deal_created_at, created_at as deal_created_at_local,
    created_at + to_days(place * 3) as entered_at, created_at + to_days(place * 3) as entered_at_local
  from far`

const CALLS = `
  create or replace table fct_calls as
  with drawn as (
    select i, date_trunc('day', ${noon}) - to_days((i / 190)::int) as day,
      least(19, greatest(8, (9 + (${draw('hour', 100)} / 11.5))))::int as hour from range(9500) as numbers(i)
  )
  select 'k' || i as call_id, 'telephony' as origin, ${pick('way', ['in', 'out', 'out'])} as direction,
    '+34932' || (100000 + i) as phone, ${owner}, ${client} as client_id, null::varchar as client_record_id,
    null::varchar as deal_id, ${people} as client_owner_id, ${home} as client_department_id, ${people} as deal_owner_now_id,
    ${pick('topic', ['Price', 'Delivery', 'Service'])} as topic, ${draw('wait', 40)}::decimal(18, 2) as wait_seconds,
    (20 + ${draw('talk', 500)})::decimal(18, 2) as talk_seconds, hour as hour_of_day,
    ${draw('answered', 100)} < 78 as is_answered, ${draw('answered', 100)} < 66 as is_connected,
    day + to_hours(hour) + to_minutes(${draw('minute', 60)}) as started_at,
    day + to_hours(hour) + to_minutes(${draw('minute', 60)}) as started_at_local, 1::bigint as _load_id
  from drawn where day + to_hours(hour) + to_minutes(${draw('minute', 60)}) <= ${noon}
    and dayofweek(day) between 1 and 5`

const TASKS = `
  create or replace table fct_activities as
  select 'a' || i as activity_id, 'crm' as origin, ${pick('kind', ['task', 'meeting', 'mail'])} as kind,
    ${pick('subject', ['Send the revised offer', 'Call back about delivery', 'Measure on site', 'Ask for the signed order', 'Agree the date of fitting'])} as subject,
    ${owner}, ${client} as client_id, 'crm:' || i as deal_id, ${people} as client_owner_id, ${home} as client_department_id,
    ${people} as deal_owner_now_id, ${draw('done', 6)} > 0 as is_completed,
    ${noon} - to_hours(24 + ${draw('due', 900)}) as created_at, ${noon} - to_hours(24 + ${draw('due', 900)}) as created_at_local,
    ${noon} + to_hours(48 - ${draw('due', 600)}) as due_at, ${noon} + to_hours(48 - ${draw('due', 600)}) as due_at_local,
    null::timestamp as completed_at, null::timestamp as completed_at_local, 1::bigint as _load_id
  from range(420) as numbers(i)`

const PLAN = `
  create or replace table fct_target_attainment as
  select owner_id || m as attainment_id, 'won_amount' as metric, m as month_start, any_value(owner_id) as owner_id,
    any_value(department_id) as department_id,
    (round(70000 + (hash(owner_id) % 7) * 9000, -3))::decimal(18, 2) as target_value,
    sum(if(is_won and not is_excluded and date_trunc('month', closed_at) = m, amount_company, 0))::decimal(18, 2) as actual_value,
    null::decimal(18, 2) as original_value, 0::decimal(18, 2) as open_value, null::decimal(18, 2) as expected_value,
    null::decimal(18, 2) as projected_value, null::decimal(18, 2) as required_per_day
  from fct_deals cross join (select unnest([timestamp '2026-01-01', timestamp '2026-02-01']) as m) as months
  group by fct_deals.owner_id, m`

/** Of two departments and the company they make up, by one method. */
const FORECAST = `
  insert into fct_forecast by name
  select 'now' || department_id || scope as forecast_id, 'won' || department_id as series_id, 'won_amount' as metric, scope,
    'unknown' as owner_id, department_id, 'blended' as method, 'weighted' as model, true as is_chosen,
    forecast, forecast * 0.8 as lower_80, forecast * 1.3 as upper_80, forecast * 0.7 as lower_95, forecast * 1.5 as upper_95,
    timestamp '2026-02-01' as month_start, date '2026-02-18' as as_of
  from (values ('crm:d1', 'department', 410000), ('crm:d2', 'department', 260000), ('unknown', 'company', 670000))
    as expected(department_id, scope, forecast)`

const FINDINGS = `
  create or replace table fct_data_quality as
  select 'f' || i as finding_id, check_name, severity, entity, 'crm:' || (100 + i) as record_key, label || ' ' || (100 + i) as record_label,
    value, suggestion, message, 'crm' as origin, 1 + ${draw('rows', 12)} as found_rows, ${owner}
  from range(64) as numbers(i) join (values
    (0, 'product_unknown_spelling', 'warning', 'deals', 'Deal', 'GTXPro', 'GTX Pro', 'The product is spelled in a way nobody joined yet.'),
    (1, 'phone_invalid', 'info', 'clients', 'Client', '600-12', '', 'The phone has too few digits.'),
    (2, 'client_possible_duplicate', 'warning', 'clients', 'Client', 'Construccions Vallès', 'Construccions Vallès SL', 'Two clients share a phone.'),
    (3, 'deal_without_stage', 'warning', 'deals', 'Deal', '', '', 'The stage is not in any pipeline.')
  ) as kinds(k, check_name, severity, entity, label, value, suggestion, message) on k = i % 4 where i % 4 < 3 or i < 12`

const NAMES = [
  `create or replace table dim_manager as select manager_id, manager_name, null::varchar as email, null::varchar as extension, department_id, null::varchar as department_name, null::varchar as head_name, 'Barcelona' as branch, true as is_active from (values ${PEOPLE.map((row) => `('${row.join("', '")}')`).join(', ')}) as people(manager_id, manager_name, department_id) union all select 'unknown', null, null, null, null, null, null, null, false`,
  `update dim_department set department_name = case department_id when 'crm:d1' then 'Private clients' when 'crm:d2' then 'Projects' else 'Service' end where department_id <> 'unknown'`,
  `update dim_client set client_name = ['Construccions Vallès', 'Hotel Mirador', 'Cuines Olivé', 'Arquitectes Nou', 'Família Serra', 'Reformes Garraf'][1 + (hash(client_id) % 6)::int] || ' ' || substr(client_id, 2), sector = ['Construction', 'Hospitality', 'Architecture', 'Private'][1 + (hash(client_id || 's') % 4)::int] where client_id <> 'unknown'`,
  `update dim_client_record set owner_id = 'crm:p' || (1 + (hash(client_record_id) % 7)::int), department_id = if(hash(client_record_id) % 7 < 4, 'crm:d1', 'crm:d2'), won_amount = (hash(client_record_id || 'w') % 90000)::decimal(18, 2), client_name = ['Construccions Vallès', 'Hotel Mirador', 'Cuines Olivé', 'Arquitectes Nou', 'Família Serra', 'Reformes Garraf'][1 + (hash(client_id) % 6)::int] || ' ' || substr(client_id, 2), sector = ['Construction', 'Hospitality', 'Architecture', 'Private'][1 + (hash(client_id || 's') % 4)::int]`,
  `create or replace table dim_stage as select * from (values ('s1', 'New', 1), ('s2', 'Contacted', 2), ('s3', 'Qualified', 3), ('s4', 'Offer', 4), ('s5', 'Negotiation', 5), ('s6', 'Won', 6)) as s(stage_id, stage_name, stage_order), (select 'sales' as pipeline_id, 'Sales' as pipeline_name, 1 as pipeline_version, 'open' as meaning, timestamp '2020-01-01' as valid_from, null::timestamp as valid_to)`,
  `create or replace table dim_source as select * from (values ('web', 'Website'), ('ads', 'Search ads'), ('ref', 'Recommendation'), ('fair', 'Trade fair'), ('call', 'Phone call'), ('unknown', null)) as sources(source_id, source_name)`,
  `create or replace table dim_product as select * from (values ('p1', 'Windows', 'Glass', 400.0), ('p2', 'Doors', 'Glass', 900.0), ('p3', 'Facades', 'Projects', 20000.0), ('unknown', null, null, null)) as products(product_id, product_name, category, price)`,
  `create or replace table meta_freshness as select * from (values ('crm', 'deals', timestamp '2026-02-18 10:38:00', 5200::bigint), ('telephony', 'calls', timestamp '2026-02-18 10:36:00', 9500::bigint), ('files', 'targets', timestamp '2026-02-18 06:00:00', 14::bigint)) as streams(source_name, stream, last_load_at, rows)`,
]

/** Publishes a plausible company of seven salespeople into a new folder and returns it. */
export async function publishCompany(): Promise<string> {
  const folder = await publishedFolder()
  const file = await publishFixture(folder, VERSION, { deals: 50, withAggregates: false })
  const warehouse = await openWarehouse(file)
  try {
    const connection = await warehouse.connect()
    for (const statement of [...NAMES, DEALS, STAGES, CALLS, TASKS, PLAN, FORECAST, FINDINGS])
      await connection.run(statement)
    await connection.run('checkpoint')
  } finally {
    warehouse.close()
  }
  return folder
}

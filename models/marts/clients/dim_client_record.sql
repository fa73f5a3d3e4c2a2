with

records as (
    select * from {{ ref('int_client_records__completed') }}
),

owners as (
    select * from {{ ref('int_client_owners__placed') }}
),

settings as (
    select timezone from {{ ref('stg_workspace__company_settings') }}
),

phones as (
    select
        client_record_id,
        min(value) filter (where kind = 'phone') as phone,
        min(value) filter (where kind = 'email') as email
    from {{ ref('int_client_identifiers__collected') }}
    group by client_record_id
),

deals as (
    select
        client_record_id,
        min(won_at) as first_won_at,
        max(won_at) as last_won_at,
        count(*) as deal_count,
        {{ days_between('min(won_at)', 'max(won_at)') }} / nullif(count(won_at) - 1, 0) as average_gap_days,
        sum(case when is_won then 1 else 0 end) as won_deal_count,
        sum(case when is_won then amount_company else 0 end) as won_amount
    from {{ ref('fct_deals') }}
    where not is_excluded
    group by client_record_id
),

contacted as (
    select client_record_id, max(happened_at) as last_contact_at
    from (
        select client_record_id, started_at as happened_at from {{ ref('int_calls__matched') }} where is_answered
        union all
        select client_record_id, completed_at from {{ ref('int_activities__matched') }} where is_completed
    ) as contacts
    group by client_record_id
),

-- The day on which the record is likeliest to need somebody: a task that is due, an expected close, the next order.
key_dates as (
    select
        client_record_id,
        min(key_on) as next_key_on,
        arg_min(reason, key_on) as next_key_reason
    from (
        select client_record_id, cast(due_at as date) as key_on, 'activity due' as reason
        from {{ ref('int_activities__matched') }}
        where not is_completed
        union all
        select client_record_id, expected_close_on, 'expected close'
        from {{ ref('fct_deals') }}
        where is_open and not is_excluded
        union all
        select client_record_id, cast(last_won_at + to_days(cast(average_gap_days as integer)) as date), 'next order'
        from deals
        where average_gap_days is not null
    ) as dates
    where key_on >= (select max(finished_at) from {{ ref('stg_embut__loads') }})
    group by client_record_id
),

products_of_deals as (
    select deal_id, product_id from {{ ref('fct_deals') }}
    union
    select lines.deal_id, products.product_id
    from {{ ref('int_deal_lines__unioned') }} as lines
    inner join {{ ref('int_product_references__resolved') }} as products using (origin, product_ref)
),

bought as (
    select deals.client_record_id, string_agg(distinct products.product_name, ', ' order by products.product_name)
        as products_bought
    from {{ ref('fct_deals') }} as deals
    inner join products_of_deals using (deal_id)
    inner join {{ ref('dim_product') }} as products on products.product_id = products_of_deals.product_id
    where deals.is_won and not deals.is_excluded
    group by deals.client_record_id
),

-- Each ends with a semicolon, so that none is found as the beginning of another.
doubted as (
    select client_record_id,
        string_agg(check_name || ':' || record_key || ';', ' ' order by check_name, record_key) as doubts
    from {{ ref('int_client_findings__listed') }}
    group by client_record_id
),

segments as (
    select client_id, segment, concat(recency_score, frequency_score, monetary_score) as rfm_cell
    from {{ ref('int_client_months__scored') }}
    where is_latest
),

today as (
    select cast({{ local_time('max(loads.finished_at)', 'max(settings.timezone)') }} as date) as known_until
    from {{ ref('stg_embut__loads') }} as loads
    cross join settings
),

-- What the whole client bought, on all its records; a refund lessens the money and is no order.
clients as (
    select
        client_id,
        count(*) filter (where coalesce(amount_company, 0) >= 0) as orders_count,
        coalesce(sum(amount_company), 0) as amount,
        max(cast(won_at_local as date)) filter (where coalesce(amount_company, 0) >= 0) as last_on
    from {{ ref('fct_deals') }}
    where is_won and not is_excluded and client_id <> 'unknown'
    group by client_id
),

contacts as (
    select owners.client_id, max(contacted.last_contact_at) as last_contact_at
    from contacted
    inner join owners using (client_record_id)
    group by owners.client_id
),

client_values as (
    select * from {{ ref('stg_embut__client_values') }}
),

final as (
    select
        records.client_record_id,
        owners.client_id,
        records.client_name,
        case when records.kind = 'company' then 'company' else 'person' end as client_type,
        phones.phone,
        phones.email,
        records.sector,
        records.city,
        records.country,
        records.has_consent,
        segments.segment,
        segments.rfm_cell,
        bought.products_bought,
        key_dates.next_key_reason,
        doubted.doubts,
        owners.client_owner_id as owner_id,
        owners.client_department_id as department_id,
        records.origin,
        records.created_at,
        {{ local_time('records.created_at', 'settings.timezone') }} as created_at_local,
        deals.first_won_at,
        {{ local_time('deals.first_won_at', 'settings.timezone') }} as first_won_at_local,
        deals.last_won_at,
        {{ local_time('deals.last_won_at', 'settings.timezone') }} as last_won_at_local,
        contacted.last_contact_at,
        {{ local_time('contacted.last_contact_at', 'settings.timezone') }} as last_contact_at_local,
        key_dates.next_key_on,
        cast(deals.average_gap_days as double) as average_gap_days,
        cast(clients.amount / nullif(clients.orders_count, 0) as double) as average_bill,
        cast(client_values.probability_alive as double) as probability_alive,
        cast(client_values.churn_risk as double) as churn_risk,
        cast(client_values.expected_value as double) as expected_value,
        cast(coalesce(clients.orders_count, 0) as integer) as client_orders_count,
        cast(coalesce(clients.amount, 0) as double) as client_amount,
        cast(date_diff('day', clients.last_on, today.known_until) as integer) as recency_days,
        cast(date_diff('day', cast({{ local_time('contacts.last_contact_at', 'settings.timezone') }} as date),
            today.known_until) as integer) as days_since_contact,
        cast(coalesce(deals.deal_count, 0) as integer) as deal_count,
        cast(coalesce(deals.won_deal_count, 0) as integer) as won_deal_count,
        cast(coalesce(deals.won_amount, 0) as decimal(18, 2)) as won_amount
    from records
    cross join settings
    cross join today
    inner join owners using (client_record_id)
    left join phones using (client_record_id)
    left join deals using (client_record_id)
    left join contacted using (client_record_id)
    left join key_dates using (client_record_id)
    left join bought using (client_record_id)
    left join doubted using (client_record_id)
    left join segments on segments.client_id = owners.client_id
    left join clients on clients.client_id = owners.client_id
    left join contacts on contacts.client_id = owners.client_id
    left join client_values on client_values.client_id = owners.client_id
)

select * from final

-- One row per metric, complete month, department and person with a result: what forecasts go on from.
with

as_of as (
    select as_of, date_trunc('month', as_of) as this_month from {{ ref('int_as_of__found') }}
),

exclusions as (
    select * from {{ ref('int_deal_exclusions__applied') }}
),

deals as (
    select deals.*,
        date_trunc('month', {{ local_time('deals.created_at', 'deals.timezone') }}) as created_month,
        date_trunc('month', {{ local_time('deals.closed_at', 'deals.timezone') }}) as closed_month
    from {{ ref('int_deals__described') }} as deals
    left join exclusions using (deal_id)
    where exclusions.deal_id is null
),

results as (
    select 'won_amount' as metric, closed_month as month_start, department_id, owner_id,
        cast(sum(cast(amount_company as decimal(18, 2))) as double) as value
    from deals where status = 'won' group by all
    union all
    select 'won_count', closed_month, department_id, owner_id, count(*)
    from deals where status = 'won' group by all
    union all
    select 'created_count', created_month, department_id, owner_id, count(*)
    from deals group by all
    union all
    select 'calls', date_trunc('month', {{ local_time('started_at', 'timezone') }}), department_id, owner_id, count(*)
    from {{ ref('int_calls__owned') }} group by all
),

complete as (
    select results.metric, cast(results.month_start as date) as month_start, results.department_id, results.owner_id,
        coalesce(results.value, 0) as value, as_of.as_of
    from results
    inner join as_of on results.month_start < as_of.this_month
)

select * from complete

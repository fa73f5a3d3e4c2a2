-- The results beside the targets are the won deals and the calls themselves, to the cent.
-- A row here means that a plan is compared with numbers that no report shows.
with

attained as (
    select metric, sum(actual_value) as actual_value from {{ ref('fct_target_attainment') }} group by metric
),

counted as (
    select 'won_amount' as metric, coalesce(sum(amount_company), 0) as actual_value
    from {{ ref('fct_deals') }} where is_won and not is_excluded and won_at is not null
    union all
    select 'won_count', count(*) from {{ ref('fct_deals') }} where is_won and not is_excluded and won_at is not null
    union all
    select 'calls', count(*) from {{ ref('fct_calls') }} where started_at is not null
)

select counted.metric, counted.actual_value, attained.actual_value as attained_value
from counted
left join attained using (metric)
where counted.actual_value <> coalesce(attained.actual_value, 0)

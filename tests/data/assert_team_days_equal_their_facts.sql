-- Every part of a person's day adds up to the fact that it was counted from.
-- A row here means that the page of the team and the page of the fact would show two numbers.
with days as (
    select sum(calls_count) as calls, sum(deals_won_count) as won, sum(won_amount) as won_amount,
        sum(requests_in_time_count) as in_time, sum(won_target) as target
    from {{ ref('fct_team_days') }}
)

select * from days
where calls is distinct from (select count(*) from {{ ref('fct_calls') }} where started_at_local is not null)
    or won is distinct from (
        select count(*) from {{ ref('fct_deals') }} where is_won and not is_excluded and closed_at is not null)
    or won_amount is distinct from (
        select coalesce(sum(amount_company), 0) from {{ ref('fct_deals') }}
        where is_won and not is_excluded and closed_at is not null)
    or in_time is distinct from (
        select count(*) from {{ ref('fct_requests') }} where is_in_time_15 and not is_excluded)
    or target is distinct from (
        select sum(target_value) from {{ ref('fct_target_attainment') }}
        where metric = 'won_amount' and cast(month_start as date) in (
            select month_start from {{ ref('dim_date') }} where is_working_day))

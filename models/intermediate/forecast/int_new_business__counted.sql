-- One row per person, month of winning and month of creation, before and after the day of the month that it is now: the wins
-- that no open deal of an earlier moment could have told.
with

as_of as (
    select as_of, date_trunc('month', as_of) as this_month from {{ ref('int_as_of__found') }}
),

exclusions as (
    select * from {{ ref('int_deal_exclusions__applied') }}
),

won as (
    select
        deals.department_id,
        deals.owner_id,
        deals.amount_company,
        {{ local_time('deals.created_at', 'deals.timezone') }} as created_at,
        date_trunc('month', {{ local_time('deals.closed_at', 'deals.timezone') }}) as won_month
    from {{ ref('int_deals__described') }} as deals
    left join exclusions using (deal_id)
    where deals.status = 'won' and exclusions.deal_id is null
),

counted as (
    select
        won.department_id,
        won.owner_id,
        cast(date_diff('month', won.won_month, as_of.this_month) as integer) as won_ago,
        cast(date_diff('month', date_trunc('month', won.created_at), as_of.this_month) as integer) as created_ago,
        coalesce(day(won.created_at) > day(as_of.as_of), false) as is_after_day,
        cast(count(*) as double) as deals_count,
        cast(coalesce(sum(won.amount_company), 0) as double) as amount
    from won
    cross join as_of
    where won.won_month <= as_of.this_month
    group by all
)

select * from counted

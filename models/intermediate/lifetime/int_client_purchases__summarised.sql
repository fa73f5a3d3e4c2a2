-- One row per client that ever bought: its purchase days as of the as-of day, in weeks for the lifetime models.
with

as_of as (
    select * from {{ ref('int_as_of__found') }}
),

exclusions as (
    select * from {{ ref('int_deal_exclusions__applied') }}
),

wins as (
    select deals.client_id, cast(deals.amount_company as decimal(18, 2)) as amount_company,
        cast({{ local_time('deals.closed_at', 'deals.timezone') }} as date) as bought_on
    from {{ ref('int_deals__described') }} as deals
    left join exclusions using (deal_id)
    where deals.status = 'won' and deals.client_id <> 'unknown' and exclusions.deal_id is null
        -- A refund is a won deal of a negative amount, and no purchase.
        and coalesce(deals.amount_company, 0) >= 0
),

purchase_days as (
    select
        wins.client_id,
        wins.bought_on,
        as_of.as_of,
        sum(wins.amount_company) as amount,
        date_diff('day', lag(wins.bought_on) over by_client, wins.bought_on) as gap_days
    from wins
    inner join as_of on wins.bought_on <= as_of.as_of
    group by wins.client_id, wins.bought_on, as_of.as_of
    window by_client as (partition by wins.client_id order by wins.bought_on)
),

summarised as (
    select
        client_id,
        as_of,
        cast(count(*) as integer) as purchase_days_count,
        cast(count(*) - 1 as integer) as repeats_count,
        cast(count(*) filter (where amount > 0) as integer) as paid_days_count,
        min(bought_on) as first_bought_on,
        max(bought_on) as last_bought_on,
        date_diff('day', min(bought_on), max(bought_on)) / 7.0 as recency_weeks,
        date_diff('day', min(bought_on), as_of) / 7.0 as age_weeks,
        cast(date_diff('day', max(bought_on), as_of) as integer) as silent_days,
        coalesce(sum(amount), 0) as amount,
        cast(avg(amount) filter (where amount > 0) as double) as mean_spend,
        case when count(*) > 2 then median(gap_days) end as median_gap_days
    from purchase_days
    group by client_id, as_of
)

select * from summarised

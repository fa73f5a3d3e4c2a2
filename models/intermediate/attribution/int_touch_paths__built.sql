-- One row per month and kind of path that led to a closed deal: what the client had touched before it asked for the deal.
with

steps as (
    select * from {{ ref('int_deal_touches__found') }}
),

exclusions as (
    select * from {{ ref('int_deal_exclusions__applied') }}
),

closed as (
    select
        deals.deal_id,
        deals.status = 'won' as is_won,
        cast(deals.amount_company as decimal(18, 2)) as amount_company,
        date_trunc('month', {{ local_time('deals.closed_at', 'deals.timezone') }}) as month_start
    from {{ ref('int_deals__described') }} as deals
    left join exclusions using (deal_id)
    where deals.status in ('won', 'lost') and deals.closed_at is not null and exclusions.deal_id is null
),

paths as (
    select
        deal_id,
        list(channel order by step) as channels,
        list(coalesce(campaign, '') order by step) as campaigns,
        list(coalesce(landing_page, '') order by step) as landing_pages,
        list(coalesce(keyword, '') order by step) as keywords,
        list(is_direct order by step) as direct_flags,
        list(cast(floor(days_before) as integer) order by step) as days_before
    from steps
    group by deal_id
),

built as (
    select
        cast(closed.month_start as date) as month_start,
        paths.* exclude (deal_id),
        cast(count(*) filter (where closed.is_won) as double) as conversions,
        cast(count(*) filter (where not closed.is_won) as double) as nulls,
        cast(coalesce(sum(closed.amount_company) filter (where closed.is_won), 0) as double) as amount
    from closed
    inner join paths using (deal_id)
    group by all
)

select * from built

-- One row per month and kind of path that led to a closed deal: what the client had touched before it asked for the deal.
with

touches as (
    select * from {{ ref('int_touches__unioned') }}
),

exclusions as (
    select * from {{ ref('int_deal_exclusions__applied') }}
),

closed as (
    select
        'deal:' || deals.deal_id as touch_id,
        deals.status = 'won' as is_won,
        cast(deals.amount_company as decimal(18, 2)) as amount_company,
        date_trunc('month', {{ local_time('deals.closed_at', 'deals.timezone') }}) as month_start
    from {{ ref('int_deals__described') }} as deals
    left join exclusions using (deal_id)
    where deals.status in ('won', 'lost') and deals.closed_at is not null and exclusions.deal_id is null
),

-- The touch by which the deal itself began ends its path.
endings as (
    select closed.*, touches.party, touches.touched_at as asked_at from closed inner join touches using (touch_id)
),

steps as (
    select
        endings.touch_id as path_id,
        touches.channel,
        touches.is_direct,
        cast(floor({{ days_between('touches.touched_at', 'endings.asked_at') }}) as integer) as days_before,
        touches.touched_at,
        touches.touch_id = endings.touch_id as is_last,
        touches.touch_id
    from endings
    inner join touches
        on touches.party = endings.party
        and touches.touched_at <= endings.asked_at
        and touches.touched_at >= endings.asked_at - interval {{ var('attribution_days') }} day
),

paths as (
    select
        path_id,
        list(channel order by is_last, touched_at, touch_id) as channels,
        list(is_direct order by is_last, touched_at, touch_id) as direct_flags,
        list(days_before order by is_last, touched_at, touch_id) as days_before
    from steps
    group by path_id
),

built as (
    select
        cast(endings.month_start as date) as month_start,
        paths.channels,
        paths.direct_flags,
        paths.days_before,
        cast(count(*) filter (where endings.is_won) as double) as conversions,
        cast(count(*) filter (where not endings.is_won) as double) as nulls,
        cast(coalesce(sum(endings.amount_company) filter (where endings.is_won), 0) as double) as amount
    from endings
    inner join paths on paths.path_id = endings.touch_id
    group by endings.month_start, paths.channels, paths.direct_flags, paths.days_before
)

select * from built

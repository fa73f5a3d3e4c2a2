-- One row per visit that a web source brought: whose it was, and the first deal that followed it.
with

-- Read twice instead of kept: a hundred million rows of this width would be written to disk and back.
touches as not materialized (
    select * from (
        select * exclude (_loaded_at) from {{ ref('stg_files__touches') }}
        {{ also_staged('touches') }}
    )
    where {{ in_share('visitor_ref') }}
),

deals as (
    select deal_id, nullif(client_id, 'unknown') as client_id, began_at from {{ ref('int_deals__described') }}
),

linked as (
    select * from {{ ref('int_touches__linked') }} where {{ in_share('visitor_ref') }}
),

marks as (
    select deal_id, visitor_ref from {{ ref('int_deal_marks__unioned') }} where {{ in_share('visitor_ref') }}
),

-- Who is known once is known in all visits of the same browser.
visitors as (
    select visitor_ref, min(client_id) as client_id
    from (
        select visitor_ref, client_id from linked
        union all
        select marks.visitor_ref, deals.client_id from marks inner join deals using (deal_id)
    )
    where visitor_ref is not null and client_id is not null
    group by visitor_ref
    having count(distinct client_id) = 1
),

known as (
    select
        touches.touch_id,
        touches.started_at,
        linked.deal_id,
        coalesce(linked.client_id, visitors.client_id) as client_id
    from touches
    left join linked using (touch_id)
    left join visitors on visitors.visitor_ref = touches.visitor_ref
    where coalesce(linked.deal_id, linked.client_id, visitors.client_id) is not null
),

-- An ASOF join sorts all that it gets, so it gets the visits of a client that name no deal.
followed as (
    select
        known.touch_id,
        known.client_id,
        case
            when {{ days_between('known.started_at', 'deals.began_at') }} <= {{ var('attribution_days') }}
                then deals.deal_id
        end as deal_id
    from (select * from known where deal_id is null) as known
    asof left join (select * from deals where client_id is not null) as deals
        on deals.client_id = known.client_id and deals.began_at >= known.started_at
),

matched as (
    select touch_id, client_id, deal_id, true as is_named from known where deal_id is not null
    union all
    select touch_id, client_id, deal_id, false as is_named from followed
),

marked as (
    select *, {{ marketing_channel('utm_source', 'utm_medium', 'click_id') }} as marked_channel from touches
),

resolved as (
    select
        marked.* exclude (is_direct),
        matched.client_id,
        coalesce(marked.marked_channel, case when marked.is_direct then 'Direct' end, 'unknown') as channel,
        coalesce(marked.is_direct, marked.marked_channel is null or marked.marked_channel = 'Direct') as is_direct,
        matched.deal_id,
        case
            when matched.is_named and marked.deal_ref is not null then 'deal'
            when matched.is_named then 'click'
            when matched.client_id is not null then 'client'
        end as matched_by
    from marked
    left join matched using (touch_id)
)

select * from resolved

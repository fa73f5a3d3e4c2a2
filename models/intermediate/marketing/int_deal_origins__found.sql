-- One row per deal: the campaign it came by; by its own marks, else by the last visit before it that was not direct, else
-- by its lead source.
{{ config(materialized='ephemeral') }}
with

marks as (
    select * from {{ ref('int_deal_marks__unioned') }} where coalesce(channel, landing_page) is not null
),

visits as (
    select
        touches.deal_id,
        touches.marked_channel as channel,
        touches.utm_source,
        touches.utm_medium,
        touches.campaign,
        touches.keyword,
        touches.landing_page
    from {{ ref('int_touches__resolved') }} as touches
    inner join {{ ref('int_deals__described') }} as deals using (deal_id)
    where touches.started_at <= deals.began_at + interval 1 day
    qualify row_number() over (
        partition by touches.deal_id
        order by touches.is_direct, touches.started_at desc, touches.touch_id
    ) = 1
),

found as (
    select
        deals.deal_id,
        coalesce(marks.channel, visits.channel) as channel,
        case when marks.channel is not null then marks.utm_source else visits.utm_source end as utm_source,
        case when marks.channel is not null then marks.utm_medium else visits.utm_medium end as utm_medium,
        case when marks.campaign is not null then marks.campaign
            when marks.channel is null or marks.channel = visits.channel then visits.campaign end as campaign,
        case when marks.keyword is not null then marks.keyword
            when marks.channel is null or marks.channel = visits.channel then visits.keyword end as keyword,
        coalesce(marks.landing_page, visits.landing_page) as landing_page,
        case when marks.channel is not null then 'marks' when visits.channel is not null then 'visit'
            when deals.source_id <> 'unknown' then 'lead source' else 'unknown' end as found_by
    from {{ ref('int_deals__described') }} as deals
    left join marks using (deal_id)
    left join visits using (deal_id)
)

select * from found

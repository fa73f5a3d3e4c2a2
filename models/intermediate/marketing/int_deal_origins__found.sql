-- One row per deal: of which lead it came, the campaign it came by, and how that is known: its own marks, else what is known
-- of its lead, else its last visit that was not direct, else its lead source.
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

leads as (
    select linked.deal_id, origins.*
    from {{ ref('int_lead_deals__linked') }} as linked
    inner join {{ ref('int_lead_origins__found') }} as origins using (lead_id)
),

deals as (
    select
        deals.deal_id,
        leads.lead_id,
        coalesce(nullif(deals.source_id, 'unknown'), leads.source_id, 'unknown') as source_id
    from {{ ref('int_deals__described') }} as deals
    left join leads using (deal_id)
),

own as (
    select
        deals.deal_id,
        deals.lead_id,
        deals.source_id,
        {{ origin_columns('marks', 'marks.channel', 'deals.source_id') }}
    from deals
    left join marks using (deal_id)
    left join visits using (deal_id)
),

found as (
    select own.*
    from own
    left join leads using (deal_id)
    where own.found_by = 'marks' or leads.channel is null
    union all by name
    select leads.* replace (own.source_id as source_id)
    from leads
    inner join own using (deal_id)
    where own.found_by <> 'marks' and leads.channel is not null
)

select * from found

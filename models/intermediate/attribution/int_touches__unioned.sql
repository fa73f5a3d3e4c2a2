-- One row per touch of a client that marketing can be credited with: the channel by which a client came, and when; its
-- campaign, page and keyword where its marks say them.
with

lead_sources as (
    select source_id, min(lead_source_name) as source_name
    from {{ ref('int_lead_source_references__resolved') }}
    group by source_id
),

marks as (
    select deal_id, channel, campaign, landing_page, keyword from {{ ref('int_deal_marks__unioned') }}
),

leads as (
    select * from {{ ref('int_leads__described') }} where created_at is not null
),

-- A request whose campaign and source nobody knows counts as one that came by itself. The deal
-- that a lead became came when the lead did.
requests as (
    select
        'deal:' || deals.deal_id as touch_id,
        'request' as kind,
        case when deals.client_id = 'unknown' then 'deal:' || deals.deal_id else deals.client_id end as party,
        coalesce(marks.channel, lead_sources.source_name, 'unknown') as channel,
        marks.campaign,
        marks.landing_page,
        marks.keyword,
        least(leads.created_at, coalesce(deals.created_at, deals.closed_at)) as touched_at,
        coalesce(marks.channel = 'Direct', lead_sources.source_name is null) as is_direct
    from {{ ref('int_deals__described') }} as deals
    left join leads on leads.deal_id = deals.deal_id
    left join marks on marks.deal_id = deals.deal_id
    left join lead_sources on lead_sources.source_id = deals.source_id
),

-- A lead that came to nothing, or not yet to a deal, was a touch too.
without_deal as (
    select 'lead:' || lead_id as touch_id, 'lead' as kind, party,
        coalesce(marked_channel, lead_source_name, 'unknown') as channel, campaign, landing_page, keyword,
        created_at as touched_at, coalesce(marked_channel = 'Direct', lead_source_name is null) as is_direct
    from leads
    where deal_id is null
),

-- A visit is a touch once it is known whose it was.
visits as (
    select 'visit:' || touch_id as touch_id, 'visit' as kind, coalesce(client_id, 'deal:' || deal_id) as party, channel,
        campaign, landing_page, keyword, started_at as touched_at, is_direct
    from {{ ref('int_touches__resolved') }}
    where coalesce(client_id, deal_id) is not null and started_at is not null
),

calls as (
    select 'call:' || call_id as touch_id, 'call' as kind, client_id as party, 'Incoming call' as channel,
        started_at as touched_at, true as is_direct
    from {{ ref('int_calls__owned') }}
    where direction = 'in' and client_id is not null and started_at is not null
),

messages as (
    select 'message:' || activity_id as touch_id, 'message' as kind, client_id as party, 'Incoming message' as channel,
        created_at as touched_at, true as is_direct
    from {{ ref('int_activities__owned') }}
    where direction = 'in' and kind in ('email', 'chat', 'sms', 'message') and client_id is not null
        and created_at is not null
),

unioned as (
    select * from requests
    union all by name
    select * from without_deal
    union all by name
    select * from visits
    union all by name
    select * from calls
    union all by name
    select * from messages
)

select * from unioned

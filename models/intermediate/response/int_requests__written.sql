-- One row per lead and deal as a client's request that was written down: when it came, and when it ended by itself.
{{ config(materialized='ephemeral') }}
with

-- Where the CRM keeps leads the lead is what was asked, and a deal that came of it asks nothing again.
deals as (
    select 'lead:' || deal_id as event_id, case when client_id = 'unknown' then 'deal:' || deal_id else client_id end as party,
        deal_id, lead_id is null and created_at is not null as is_asked, created_at, closed_at as ended_at,
        owner_id as ended_by_id
    from {{ ref('int_deals__described') }}
),

leads as (
    select 'lead:' || lead_id as event_id, party, deal_id, created_at is not null as is_asked, created_at,
        case outcome when 'converted' then deal_closed_at when 'lost' then ended_at end as ended_at, owner_id as ended_by_id
    from {{ ref('int_leads__described') }}
),

unioned as (
    select * from deals
    union all by name
    select * from leads
)

select * from unioned

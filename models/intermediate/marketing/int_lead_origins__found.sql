-- One row per lead: the campaign that it came by, and how that is known: its own marks, else the last visit of its client
-- before it that was not direct, else its lead source. A deal that came of it adds nothing, lest only converted leads have a channel.
with

leads as (
    select * from {{ ref('int_leads__described') }}
),

visits as (
    select
        leads.lead_id,
        touches.marked_channel as channel,
        touches.utm_source,
        touches.utm_medium,
        touches.campaign,
        touches.keyword,
        touches.landing_page
    from {{ ref('int_touches__resolved') }} as touches
    inner join leads
        on leads.client_id = touches.client_id and leads.client_id <> 'unknown'
        and touches.started_at <= leads.created_at + interval 1 day
        and touches.started_at >= leads.created_at - interval {{ var('attribution_days') }} day
    qualify row_number() over (
        partition by leads.lead_id
        order by touches.is_direct, touches.started_at desc, touches.touch_id
    ) = 1
),

found as (
    select
        leads.lead_id,
        leads.source_id,
        {{ origin_columns('leads', 'leads.marked_channel', 'leads.source_id') }}
    from leads
    left join visits using (lead_id)
)

select * from found

-- One row per deal that came of a lead: of which, and whether it was the first that did.
with

named as (
    select
        leads.lead_id,
        leads.origin,
        leads.created_at,
        unnest(leads.deal_refs) as deal_ref,
        unnest(range(1, len(leads.deal_refs) + 1)) as number
    from {{ ref('int_leads__unioned') }} as leads
),

-- Two leads that name one deal were written down for one request: the older one counts.
linked as (
    select deals.deal_id, named.lead_id, named.number
    from named
    inner join {{ ref('int_deals__unioned') }} as deals
        on deals.origin = named.origin and deals.source_deal_id = named.deal_ref
    qualify row_number() over (
        partition by deals.deal_id order by named.created_at nulls last, named.lead_id, named.number
    ) = 1
),

ranked as (
    select
        deal_id,
        lead_id,
        row_number() over (partition by lead_id order by number, deal_id) = 1 as is_first
    from linked
)

select * from ranked

{{ config(enabled=is_connected('sap')) }}
with

-- A deal names its lead by number.
deals as (
    select source_name, lead_id as number, list(id order by created_on, id) as deal_refs
    from {{ source('sap', 'deals') }}
    where not _deleted and {{ clean('lead_id') }} is not null
    group by all
),

source as (
    select
        leads.* exclude (name),
        {{ clean('leads.name') }} as title,
        cast(null as varchar) as name,
        cast(null as varchar) as contact_id,
        cast([] as varchar[]) as phones,
        cast([] as varchar[]) as emails,
        {{ lead_outcome('leads.status') }} as outcome,
        deals.deal_refs,
        leads._extra as own,
        cast(null as varchar) as address,
        leads.created_on as created_at,
        case when deals.deal_refs is null then leads.changed_on end as status_since
    from {{ source('sap', 'leads') }} as leads
    left join deals using (source_name, number)
)

{{ usual_leads('source') }}

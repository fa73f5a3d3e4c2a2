{{ config(enabled=is_connected('dynamics')) }}
with

deals as (
    select source_name, lead_id as id, list(id order by created_on, id) as deal_refs
    from {{ source('dynamics', 'deals') }}
    where not _deleted and lead_id is not null
    group by all
),

source as (
    select
        leads.* exclude (name, status, phones, emails),
        leads.subject as title,
        coalesce({{ clean('leads.name') }}, {{ clean('leads.company') }}) as name,
        cast(null as varchar) as company_id,
        cast(null as varchar) as contact_id,
        {{ json_list('leads.phones') }} as phones,
        {{ json_list('leads.emails') }} as emails,
        case leads.status when '1' then 'Qualified' when '2' then 'Disqualified' else 'Open' end as status,
        case leads.status when '1' then 'converted' when '2' then 'lost' else 'open' end as outcome,
        deals.deal_refs,
        leads._extra as own,
        cast(null as varchar) as address,
        leads.created_on as created_at,
        case when deals.deal_refs is null then leads.modified_on end as status_since
    from {{ source('dynamics', 'leads') }} as leads
    left join deals using (source_name, id)
)

{{ usual_leads('source') }}

with

leads as (
    select * from {{ ref('int_leads__described') }}
),

origins as (
    select * from {{ ref('int_lead_origins__found') }}
),

exclusions as (
    select * from {{ ref('int_lead_exclusions__applied') }}
),

final as (
    select
        leads.lead_id,
        leads.origin,
        leads.title,
        leads.source_url,
        leads.outcome,
        leads.status_name,
        leads.deal_id,
        leads.client_id,
        leads.source_id,
        coalesce(origins.channel, leads.lead_source_name, 'unknown') as channel,
        origins.utm_source,
        origins.utm_medium,
        origins.campaign,
        origins.keyword,
        origins.landing_page,
        origins.found_by,
        leads.owner_id,
        leads.department_id,
        coalesce(leads.deal_owner_now_id, leads.owner_now_id) as owner_now_id,
        leads.client_owner_id,
        leads.client_department_id,
        leads.is_won,
        exclusions.lead_id is not null as is_excluded,
        cast(greatest({{ days_between('leads.created_at', 'leads.ended_at') }}, 0) as double) as days_to_end,
        leads.created_at,
        {{ local_time('leads.created_at', 'leads.timezone') }} as created_at_local,
        leads.ended_at,
        {{ local_time('leads.ended_at', 'leads.timezone') }} as ended_at_local,
        leads._load_id
    from leads
    inner join origins using (lead_id)
    left join exclusions using (lead_id)
)

select * from final
order by created_at_local

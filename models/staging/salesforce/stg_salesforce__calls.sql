{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select * from {{ source('salesforce', 'tasks') }} where not _deleted and subtype = 'Call' and is_closed
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as call_id,
        source_name as origin,
        {{ crm_id('owner_id') }} as agent_ref,
        case when what_id like '006%' then what_id end as deal_ref,
        case when who_id like '003%' then who_id end as contact_ref,
        case when what_id like '001%' then what_id end as company_ref,
        case when who_id like '00Q%' then who_id end as lead_ref,
        case call_type when 'Inbound' then 'in' when 'Outbound' then 'out' end as direction,
        cast(call_seconds as decimal(18, 4)) as talk_seconds,
        coalesce(call_seconds > 0, false) as is_answered,
        coalesce(completed_at, created_at) as started_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

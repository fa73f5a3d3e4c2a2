{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select * from {{ source('salesforce', 'tasks') }} where not _deleted and not (coalesce(subtype, '') = 'Call' and coalesce(is_closed, false))
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as activity_id,
        source_name as origin,
        case subtype when 'Email' then 'email' when 'Call' then 'call' else 'task' end as kind,
        {{ clean('subject') }} as subject,
        {{ crm_id('owner_id') }} as owner_ref,
        case when what_id like '006%' then what_id end as deal_ref,
        case when who_id like '003%' then who_id end as contact_ref,
        case when what_id like '001%' then what_id end as company_ref,
        case when who_id like '00Q%' then who_id end as lead_ref,
        coalesce(is_closed, false) as is_completed,
        created_at,
        cast(due_on as timestamp) as due_at,
        completed_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

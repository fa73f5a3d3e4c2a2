with

source as (
    select * from {{ source('bitrix24', 'activities') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as activity_id,
        source_name as origin,
        trim(cast(id as varchar)) as source_activity_id,
        case cast(type_id as varchar) when '1' then 'meeting' when '2' then 'call' when '3' then 'task' when '4' then 'email' else {{ activity_kind('provider_id') }} end as kind,
        {{ clean('subject') }} as subject,
        case cast(direction as varchar) when '1' then 'in' when '2' then 'out' end as direction,
        {{ crm_id('responsible_id') }} as owner_ref,
        case when cast(owner_type_id as varchar) = '2' then {{ crm_id('owner_id') }} end as deal_ref,
        case when cast(owner_type_id as varchar) = '3' then {{ crm_id('owner_id') }} end as contact_ref,
        case when cast(owner_type_id as varchar) = '4' then {{ crm_id('owner_id') }} end as company_ref,
        case when cast(owner_type_id as varchar) = '1' then {{ crm_id('owner_id') }} end as lead_ref,
        coalesce(completed, false) as is_completed,
        created as created_at,
        deadline as due_at,
        case when completed then coalesce(end_time, last_updated) end as completed_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

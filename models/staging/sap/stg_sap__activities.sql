{{ config(enabled=is_connected('sap')) }}
with

source as (
    select *, 'task' as kind from {{ source('sap', 'tasks') }} where not _deleted
    union all by name
    select *, 'meeting' as kind from {{ source('sap', 'appointments') }} where not _deleted
    union all by name
    select *, 'call' as kind from {{ source('sap', 'phone_calls') }} where not _deleted
),

deals as (
    select source_name, number as deal_number, id as deal_id from {{ source('sap', 'deals') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as activity_id,
        source_name as origin,
        kind,
        {{ clean('subject') }} as subject,
        owner_id as owner_ref,
        deal_id as deal_ref,
        {{ clean('contact_id') }} as contact_ref,
        {{ clean('company_id') }} as company_ref,
        coalesce(status = '3', false) as is_completed,
        coalesce(started_at, created_on) as created_at,
        due_at,
        case when status = '3' then coalesce(completed_at, changed_on) end as completed_at,
        source._load_id,
        source._loaded_at
    from source
    left join deals using (source_name, deal_number)
    qualify row_number() over (partition by source_name, source.id order by deal_id) = 1
)

select * from renamed

with

-- A task of a CRM record is an activity of that record too, under its own id.
activities as (
    select source_name, associated_entity_id as id
    from {{ source('bitrix24', 'activities') }}
    where not _deleted and (cast(type_id as varchar) = '3' or upper(provider_id) like '%TASK%')
),

source as (
    select tasks.*, {{ json_list('crm_records') }} as records
    from {{ source('bitrix24', 'tasks') }} as tasks
    anti join activities using (source_name, id)
    where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "'task:' || id") }} as activity_id,
        source_name as origin,
        'task' as kind,
        {{ clean('title') }} as subject,
        {{ crm_id('responsible_id') }} as owner_ref,
        list_filter(records, lambda record: record like 'D\_%' escape '\')[1][3:] as deal_ref,
        list_filter(records, lambda record: record like 'C\_%' escape '\')[1][3:] as contact_ref,
        list_filter(records, lambda record: record like 'CO\_%' escape '\')[1][4:] as company_ref,
        list_filter(records, lambda record: record like 'L\_%' escape '\')[1][3:] as lead_ref,
        coalesce(status = '5', false) as is_completed,
        created_date as created_at,
        deadline as due_at,
        case when status = '5' then coalesce(closed_date, changed_date) end as completed_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

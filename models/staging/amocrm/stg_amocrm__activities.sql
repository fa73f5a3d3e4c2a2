{{ config(enabled=is_connected('amocrm')) }}
with

source as (
    select * from {{ source('amocrm', 'tasks') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as activity_id,
        source_name as origin,
        case task_type_id when '1' then 'call' when '2' then 'meeting' else 'task' end as kind,
        {{ clean('text') }} as subject,
        {{ crm_id('responsible_user_id') }} as owner_ref,
        case when entity_type = 'leads' then {{ crm_id('entity_id') }} end as deal_ref,
        case when entity_type = 'contacts' then {{ crm_id('entity_id') }} end as contact_ref,
        case when entity_type = 'companies' then {{ crm_id('entity_id') }} end as company_ref,
        coalesce(is_completed, false) as is_completed,
        created_at,
        complete_till as due_at,
        case when is_completed then updated_at end as completed_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('hubspot')) }}
with

source as (
    select * from {{ source('hubspot', 'tasks') }} where not _deleted
),

deals as (
    select source_name, task_id as id, ({{ json_list('deal_ids') }})[1] as deal_id
    from {{ source('hubspot', 'task_deals') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as activity_id,
        source_name as origin,
        case type when 'CALL' then 'call' when 'EMAIL' then 'email' else 'task' end as kind,
        {{ clean('subject') }} as subject,
        {{ crm_id('owner_id') }} as owner_ref,
        {{ crm_id('deals.deal_id') }} as deal_ref,
        coalesce(status = 'COMPLETED', false) as is_completed,
        created_at,
        due_at,
        case when status = 'COMPLETED' then coalesce(completed_at, updated_at) end as completed_at,
        source._load_id,
        source._loaded_at
    from source
    left join deals using (source_name, id)
)

select * from renamed

{{ config(enabled=is_connected('onec')) }}
with

source as (
    select
        source_name, id, kind, subject, owner_id, deal_id, contact_id, company_id, is_completed, date, due_at, completed_at,
        _load_id, _loaded_at
    from {{ source('onec', 'interactions') }}
    where not _deleted and not coalesce(deletion_mark, false) and coalesce(kind, '') not ilike '%звон%'
    union all by name
    select
        source_name, id, 'Задача' as kind, subject, owner_id, subject_id as deal_id, is_completed, date, due_at, completed_at,
        _load_id, _loaded_at
    from {{ source('onec', 'tasks') }}
    where not _deleted and not coalesce(deletion_mark, false)
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as activity_id,
        source_name as origin,
        case
            when kind ilike '%встреч%' then 'meeting'
            when kind ilike '%письм%' then 'email'
            when kind = 'Задача' then 'task'
            else 'other'
        end as kind,
        {{ clean('subject') }} as subject,
        owner_id as owner_ref,
        deal_id as deal_ref,
        contact_id as contact_ref,
        company_id as company_ref,
        coalesce(is_completed, false) as is_completed,
        date as created_at,
        due_at,
        completed_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

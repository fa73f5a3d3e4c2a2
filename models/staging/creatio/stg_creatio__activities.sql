{{ config(enabled=is_connected('creatio')) }}
with

source as (
    select * from {{ source('creatio', 'activities') }} where not _deleted
),

types as (
    select source_name, id as type_id, coalesce(code, name) as word from {{ source('creatio', 'activity_types') }}
),

statuses as (
    select source_name, id as status_id, is_final from {{ source('creatio', 'activity_statuses') }}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as activity_id,
        source_name as origin,
        case
            when types.word ilike 'email%' or types.word ilike 'письм%' then 'email'
            when types.word ilike 'visit%' or types.word ilike '%meeting%' or types.word ilike '%встреч%' then 'meeting'
            when types.word ilike 'call%' or types.word ilike 'звон%' then 'call'
            else 'task'
        end as kind,
        {{ clean('title') }} as subject,
        owner_id as owner_ref,
        deal_id as deal_ref,
        contact_id as contact_ref,
        company_id as company_ref,
        coalesce(statuses.is_final, false) as is_completed,
        created_on as created_at,
        due_date as due_at,
        case when statuses.is_final then modified_on end as completed_at,
        source._load_id,
        source._loaded_at
    from source
    left join types using (source_name, type_id)
    left join statuses using (source_name, status_id)
)

select * from renamed

{{ config(enabled=is_connected('amocrm')) }}
with

source as (
    select * from {{ source('amocrm', 'users') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as person_id,
        source_name as origin,
        trim(cast(id as varchar)) as source_person_id,
        {{ clean('name') }} as person_name,
        lower({{ clean('email') }}) as email,
        {{ crm_id('group_id') }} as department_ref,
        coalesce(is_active, true) as is_active,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('dynamics')) }}
with

source as (
    select * from {{ source('dynamics', 'users') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as person_id,
        source_name as origin,
        id as source_person_id,
        {{ clean('name') }} as person_name,
        lower({{ clean('email') }}) as email,
        {{ clean('phone') }} as extension,
        department_id as department_ref,
        not coalesce(is_disabled, false) as is_active,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('onec')) }}
with

source as (
    select * from {{ source('onec', 'users') }} where not _deleted and not coalesce(deletion_mark, false)
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as person_id,
        source_name as origin,
        id as source_person_id,
        {{ clean('name') }} as person_name,
        lower({{ json_list('emails') }}[1]) as email,
        department_id as department_ref,
        not coalesce(is_invalid, false) as is_active,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

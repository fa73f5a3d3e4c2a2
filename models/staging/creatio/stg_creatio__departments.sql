{{ config(enabled=is_connected('creatio')) }}
with

source as (
    select * from {{ source('creatio', 'departments') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as department_id,
        source_name as origin,
        id as source_department_id,
        {{ clean('name') }} as department_name,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

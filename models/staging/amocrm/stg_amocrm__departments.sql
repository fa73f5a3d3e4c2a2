{{ config(enabled=is_connected('amocrm')) }}
with

source as (
    select * from {{ source('amocrm', 'departments') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as department_id,
        source_name as origin,
        trim(cast(id as varchar)) as source_department_id,
        {{ clean('name') }} as department_name,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

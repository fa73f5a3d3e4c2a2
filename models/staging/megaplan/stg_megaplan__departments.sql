{{ config(enabled=is_connected('megaplan')) }}
with

source as (
    select * from {{ source('megaplan', 'departments') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as department_id,
        source_name as origin,
        id as source_department_id,
        {{ clean('name') }} as department_name,
        parent_id as parent_ref,
        head_id as head_ref,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

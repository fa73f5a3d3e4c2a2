{{ config(enabled=is_connected('onec')) }}
with

source as (
    select * from {{ source('onec', 'users__history') }}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as person_id,
        source_name as origin,
        department_id as department_ref,
        cast(null as timestamp) as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

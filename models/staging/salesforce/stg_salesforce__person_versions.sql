{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select * from {{ source('salesforce', 'users__history') }}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as person_id,
        source_name as origin,
        {{ clean('department') }} as department_ref,
        updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

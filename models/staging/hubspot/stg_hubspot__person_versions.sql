{{ config(enabled=is_connected('hubspot')) }}
with

source as (
    select * from {{ source('hubspot', 'owners__history') }}
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as person_id,
        source_name as origin,
        {{ crm_id('team_id') }} as department_ref,
        cast(null as timestamp) as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

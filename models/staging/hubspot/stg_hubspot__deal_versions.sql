{{ config(enabled=is_connected('hubspot')) }}
with

source as (
    select * from {{ source('hubspot', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as deal_id,
        source_name as origin,
        {{ crm_id('owner_id') }} as owner_ref,
        updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

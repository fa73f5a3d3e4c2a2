{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select * from {{ source('salesforce', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        {{ crm_id('owner_id') }} as owner_ref,
        updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

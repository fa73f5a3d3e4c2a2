{{ config(enabled=is_connected('onec')) }}
with

source as (
    select * from {{ source('onec', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        owner_id as owner_ref,
        amount,
        cast(null as timestamp) as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('creatio')) }}
with

source as (
    select * from {{ source('creatio', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        owner_id as owner_ref,
        amount,
        modified_on as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

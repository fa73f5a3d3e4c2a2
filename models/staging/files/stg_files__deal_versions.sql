with

source as (
    select * from {{ source('files', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', "trim(deal_id)") }} as deal_id,
        source_name as origin,
        {{ clean('owner') }} as owner_ref,
        amount,
        updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

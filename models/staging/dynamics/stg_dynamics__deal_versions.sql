{{ config(enabled=is_connected('dynamics')) }}
with

source as (
    select * from {{ source('dynamics', 'deals__history') }} where removed is null
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        owner_id as owner_ref,
        case when state = 1 then coalesce(actual_value, estimated_value) else estimated_value end as amount,
        modified_on as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

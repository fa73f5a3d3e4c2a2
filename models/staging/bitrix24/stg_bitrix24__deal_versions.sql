with

source as (
    select * from {{ source('bitrix24', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as deal_id,
        source_name as origin,
        {{ crm_id('assigned_by_id') }} as owner_ref,
        opportunity as amount,
        updated_time as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

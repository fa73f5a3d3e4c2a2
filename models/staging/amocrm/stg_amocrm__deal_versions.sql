{{ config(enabled=is_connected('amocrm')) }}
with

source as (
    select * from {{ source('amocrm', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as deal_id,
        source_name as origin,
        {{ crm_id('responsible_user_id') }} as owner_ref,
        price as amount,
        updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('sap')) }}
with

source as (
    select * from {{ source('sap', 'companies') }} where not _deleted and number is not null
),

renamed as (
    select
        source_name || ':company:' || number as client_record_id,
        source_name as origin,
        number as source_client_id,
        {{ clean('name') }} as client_name,
        {{ json_list('phones') }} as phones,
        {{ json_list('emails') }} as emails,
        {{ clean('sector') }} as sector,
        {{ clean('city') }} as city,
        {{ clean('country') }} as country,
        owner_id as owner_ref,
        created_on as created_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

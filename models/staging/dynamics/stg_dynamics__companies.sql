{{ config(enabled=is_connected('dynamics')) }}
with

source as (
    select * from {{ source('dynamics', 'companies') }} where not _deleted
),

renamed as (
    select
        source_name || ':company:' || id as client_record_id,
        source_name as origin,
        id as source_client_id,
        {{ clean('name') }} as client_name,
        {{ json_list('phones') }} as phones,
        {{ json_list('emails') }} as emails,
        {{ clean('sector') }} as sector,
        {{ clean('city') }} as city,
        owner_id as owner_ref,
        created_on as created_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

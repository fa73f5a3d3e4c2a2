{{ config(enabled=is_connected('amocrm')) }}
with

source as (
    select * from {{ source('amocrm', 'companies') }} where not _deleted
),

renamed as (
    select
        source_name || ':company:' || trim(cast(id as varchar)) as client_record_id,
        source_name as origin,
        trim(cast(id as varchar)) as source_client_id,
        {{ clean('name') }} as client_name,
        {{ json_list('phones') }} as phones,
        {{ json_list('emails') }} as emails,
        {{ crm_id('responsible_user_id') }} as owner_ref,
        created_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

with

source as (
    select * from {{ source('bitrix24', 'companies') }} where not _deleted
),

renamed as (
    select
        source_name || ':company:' || trim(cast(id as varchar)) as client_record_id,
        source_name as origin,
        trim(cast(id as varchar)) as source_client_id,
        {{ clean('title') }} as client_name,
        {{ json_list('phones') }} as phones,
        {{ json_list('emails') }} as emails,
        {{ clean('industry') }} as sector,
        {{ clean('city') }} as city,
        {{ crm_id('assigned_by_id') }} as owner_ref,
        created_time as created_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

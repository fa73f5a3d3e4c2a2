with

source as (
    select * from {{ source('bitrix24', 'contacts') }} where not _deleted
),

renamed as (
    select
        source_name || ':contact:' || trim(cast(id as varchar)) as client_record_id,
        source_name as origin,
        trim(cast(id as varchar)) as source_client_id,
        {{ clean("concat_ws(' ', name, second_name, last_name)") }} as client_name,
        {{ crm_id('company_id') }} as company_ref,
        {{ json_list('phones') }} as phones,
        {{ json_list('emails') }} as emails,
        {{ crm_id('assigned_by_id') }} as owner_ref,
        created_time as created_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

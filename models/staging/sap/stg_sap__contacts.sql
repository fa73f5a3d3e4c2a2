{{ config(enabled=is_connected('sap')) }}
with

source as (
    select * exclude (first_name, last_name), coalesce(name, concat_ws(' ', first_name, last_name)) as full_name
    from {{ source('sap', 'contacts') }}
    where not _deleted
    union all by name
    select *, name as full_name from {{ source('sap', 'individuals') }} where not _deleted
),

renamed as (
    select
        source_name || ':contact:' || number as client_record_id,
        source_name as origin,
        number as source_client_id,
        {{ clean('full_name') }} as client_name,
        {{ clean('company_id') }} as company_ref,
        {{ json_list('phones') }} as phones,
        {{ json_list('emails') }} as emails,
        owner_id as owner_ref,
        created_on as created_at,
        _load_id,
        _loaded_at
    from source
    where number is not null
)

select * from renamed

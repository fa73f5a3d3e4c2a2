{{ config(enabled=is_connected('creatio')) }}
with

source as (
    select * from {{ source('creatio', 'contacts') }}
    where not _deleted and (source_name, id) not in (
        select (source_name, contact_id) from {{ source('creatio', 'users') }} where contact_id is not null
    )
),

renamed as (
    select
        source_name || ':contact:' || id as client_record_id,
        source_name as origin,
        id as source_client_id,
        {{ clean('name') }} as client_name,
        company_id as company_ref,
        {{ json_list('phones') }} as phones,
        {{ json_list('emails') }} as emails,
        owner_id as owner_ref,
        created_on as created_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('onec')) }}
with

source as (
    select * from {{ source('onec', 'contacts') }} where not _deleted and not coalesce(deletion_mark, false)
),

renamed as (
    select
        source_name || ':contact:' || id as client_record_id,
        source_name as origin,
        id as source_client_id,
        {{ onec_link_id('id') }} as link_id,
        {{ clean('name') }} as client_name,
        company_id as company_ref,
        {{ json_list('phones') }} as phones,
        {{ json_list('emails') }} as emails,
        owner_id as owner_ref,
        created_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

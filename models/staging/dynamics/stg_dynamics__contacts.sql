{{ config(enabled=is_connected('dynamics')) }}
with

source as (
    select * from {{ source('dynamics', 'contacts') }} where not _deleted
),

renamed as (
    select
        source_name || ':contact:' || id as client_record_id,
        source_name as origin,
        id as source_client_id,
        coalesce({{ clean('name') }}, {{ clean("concat_ws(' ', first_name, last_name)") }}) as client_name,
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

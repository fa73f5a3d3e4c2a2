{{ config(enabled=is_connected('amocrm')) }}
with

source as (
    select * from {{ source('amocrm', 'contacts') }} where not _deleted
),

renamed as (
    select
        source_name || ':contact:' || trim(cast(id as varchar)) as client_record_id,
        source_name as origin,
        trim(cast(id as varchar)) as source_client_id,
        coalesce({{ clean('name') }}, {{ clean("concat_ws(' ', first_name, last_name)") }}) as client_name,
        {{ crm_id('company_id') }} as company_ref,
        {{ json_list('phones') }} as phones,
        {{ json_list('emails') }} as emails,
        {{ crm_id('responsible_user_id') }} as owner_ref,
        created_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

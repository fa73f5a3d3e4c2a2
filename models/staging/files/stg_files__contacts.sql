with

source as (
    select * from {{ source('files', 'contacts') }} where not _deleted
),

renamed as (
    select
        source_name || ':contact:' || trim(contact_id) as client_record_id,
        source_name as origin,
        trim(contact_id) as source_client_id,
        {{ clean('name') }} as client_name,
        {{ clean('company') }} as company_ref,
        {{ clean('phone') }} as phone,
        lower({{ clean('email') }}) as email,
        {{ clean('owner') }} as owner_ref,
        has_consent,
        created_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

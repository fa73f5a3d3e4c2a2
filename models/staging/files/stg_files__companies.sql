with

source as (
    select * from {{ source('files', 'companies') }} where not _deleted
),

renamed as (
    select
        source_name || ':company:' || trim(company_id) as client_record_id,
        source_name as origin,
        trim(company_id) as source_client_id,
        {{ clean('name') }} as client_name,
        {{ clean('phone') }} as phone,
        lower({{ clean('email') }}) as email,
        {{ clean('sector') }} as sector,
        {{ clean('city') }} as city,
        {{ clean('country') }} as country,
        {{ clean('owner') }} as owner_ref,
        created_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select * from {{ source('salesforce', 'companies') }} where not _deleted
),

renamed as (
    select
        source_name || ':company:' || id as client_record_id,
        source_name as origin,
        id as source_client_id,
        {{ clean('name') }} as client_name,
        case when {{ clean('phone') }} is null then [] else [{{ clean('phone') }}] end as phones,
        {{ clean('industry') }} as sector,
        {{ clean('city') }} as city,
        {{ clean('country') }} as country,
        {{ crm_id('owner_id') }} as owner_ref,
        created_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

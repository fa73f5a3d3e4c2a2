{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select * from {{ source('salesforce', 'contacts') }} where not _deleted
),

renamed as (
    select
        source_name || ':contact:' || id as client_record_id,
        source_name as origin,
        id as source_client_id,
        {{ clean('name') }} as client_name,
        {{ crm_id('company_id') }} as company_ref,
        list_distinct(list_filter([{{ clean('phone') }}, {{ clean('mobile_phone') }}], lambda each : each is not null)) as phones,
        case when {{ clean('email') }} is null then [] else [lower({{ clean('email') }})] end as emails,
        not has_opted_out as has_consent,
        {{ crm_id('owner_id') }} as owner_ref,
        created_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

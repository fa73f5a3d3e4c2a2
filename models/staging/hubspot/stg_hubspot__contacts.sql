{{ config(enabled=is_connected('hubspot')) }}
with

source as (
    select * from {{ source('hubspot', 'contacts') }} where not _deleted
),

account as (
    select source_name, id as portal_id, ui_domain from {{ source('hubspot', 'account') }} where not _deleted
),

renamed as (
    select
        source_name || ':contact:' || trim(cast(id as varchar)) as client_record_id,
        source_name as origin,
        id as source_client_id,
        {{ hubspot_address('0-1', 'id') }} as source_url,
        coalesce({{ clean("concat_ws(' ', first_name, last_name)") }}, {{ clean('email') }}) as client_name,
        {{ crm_id('company_id') }} as company_ref,
        list_distinct(list_filter([{{ clean('phone') }}, {{ clean('mobile_phone') }}], lambda each : each is not null)) as phones,
        case when {{ clean('email') }} is null then [] else [lower({{ clean('email') }})] end as emails,
        {{ crm_id('owner_id') }} as owner_ref,
        created_at,
        source._load_id,
        source._loaded_at
    from source
    left join account using (source_name)
)

select * from renamed

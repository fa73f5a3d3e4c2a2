{{ config(enabled=is_connected('hubspot')) }}
with

source as (
    select * from {{ source('hubspot', 'companies') }} where not _deleted
),

account as (
    select source_name, id as portal_id, ui_domain from {{ source('hubspot', 'account') }} where not _deleted
),

renamed as (
    select
        source_name || ':company:' || trim(cast(id as varchar)) as client_record_id,
        source_name as origin,
        id as source_client_id,
        {{ hubspot_address('0-2', 'id') }} as source_url,
        coalesce({{ clean('name') }}, {{ clean('domain') }}) as client_name,
        case when {{ clean('phone') }} is null then [] else [{{ clean('phone') }}] end as phones,
        {{ clean('industry') }} as sector,
        {{ clean('city') }} as city,
        {{ clean('country') }} as country,
        {{ crm_id('owner_id') }} as owner_ref,
        created_at,
        source._load_id,
        source._loaded_at
    from source
    left join account using (source_name)
)

select * from renamed

{{ config(enabled=is_connected('hubspot')) }}
with

source as (
    select * from {{ source('hubspot', 'companies') }} where not _deleted
),

renamed as (
    select
        source_name || ':company:' || trim(cast(id as varchar)) as client_record_id,
        source_name as origin,
        id as source_client_id,
        coalesce({{ clean('name') }}, {{ clean('domain') }}) as client_name,
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

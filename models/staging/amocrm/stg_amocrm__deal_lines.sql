{{ config(enabled=is_connected('amocrm'), materialized='ephemeral') }}
with

linked as (
    select source_name, _deleted, _load_id, _loaded_at, cast(id as varchar) as deal_id,
        unnest({{ json_list('elements') }}) as link
    from {{ source('amocrm', 'deals') }}
),

elements as (
    select elements.*
    from {{ source('amocrm', 'catalog_elements') }} as elements
    inner join {{ source('amocrm', 'catalogs') }} as catalogs
        on catalogs.source_name = elements.source_name and catalogs.id = elements.catalog_id
    where catalogs.type is distinct from 'invoices'
),

source as (
    select
        linked.* exclude (link),
        linked.deal_id || ':' || elements.id as id,
        elements.name as product,
        elements.category,
        elements.price,
        coalesce(try_cast(cast(link as json) ->> '$.metadata.quantity' as decimal(18, 4)), 1) as quantity,
        quantity * elements.price as amount
    from linked
    inner join elements
        on elements.source_name = linked.source_name and elements.id = (cast(link as json) ->> '$.id')
)

{{ usual_deal_lines('source') }}

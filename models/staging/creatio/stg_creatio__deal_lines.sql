{{ config(enabled=is_connected('creatio'), materialized='ephemeral') }}
with

products as (
    select source_name, id as product_id, name as product from {{ source('creatio', 'products') }}
),

source as (
    select lines.*, product, cast(null as varchar) as category
    from {{ source('creatio', 'lines') }} as lines
    left join products using (source_name, product_id)
)

{{ usual_deal_lines('source') }}

{{ config(enabled=is_connected('salesforce'), materialized='ephemeral') }}
with

products as (
    select source_name, id as product_id, name as product, family as category from {{ source('salesforce', 'products') }}
),

source as (
    select lines.*, coalesce(product, {{ clean('lines.name') }}) as product, category
    from {{ source('salesforce', 'lines') }} as lines
    left join products using (source_name, product_id)
)

{{ usual_deal_lines('source') }}

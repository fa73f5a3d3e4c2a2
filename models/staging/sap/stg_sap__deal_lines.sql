{{ config(enabled=is_connected('sap'), materialized='ephemeral') }}
with

source as (
    select
        * replace (coalesce({{ clean('product') }}, product_id) as product),
        cast(null as varchar) as category,
        amount / nullif(quantity, 0) as price
    from {{ source('sap', 'lines') }}
)

{{ usual_deal_lines('source') }}

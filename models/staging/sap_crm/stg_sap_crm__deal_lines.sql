{{ config(enabled=is_connected('sap_crm'), materialized='ephemeral') }}
with

source as (
    select
        * replace (coalesce({{ clean('product') }}, product_id) as product),
        amount / nullif(quantity, 0) as price
    from {{ source('sap_crm', 'lines') }}
)

{{ usual_deal_lines('source') }}

{{ config(enabled=is_connected('dynamics'), materialized='ephemeral') }}
with

products as (
    select source_name, id as product_id, name as listed from {{ source('dynamics', 'products') }}
),

source as (
    select
        lines.*,
        coalesce({{ clean('lines.name') }}, products.listed) as product,
        cast(null as varchar) as category
    from {{ source('dynamics', 'lines') }} as lines
    left join products using (source_name, product_id)
)

{{ usual_deal_lines('source') }}

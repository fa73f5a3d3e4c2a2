{{ config(materialized='ephemeral') }}
with

sections as (
    select source_name, id as section_id, name as category from {{ source('bitrix24', 'product_sections') }}
),

products as (
    select source_name, id as product_id, name as listed, category
    from {{ source('bitrix24', 'products') }}
    left join sections using (source_name, section_id)
),

source as (
    select lines.*, coalesce({{ clean('lines.name') }}, listed) as product, category, price * quantity as amount
    from {{ source('bitrix24', 'product_rows') }} as lines
    left join products using (source_name, product_id)
)

-- Its price is what is left of it after the discount.
{{ usual_deal_lines('source', discount='discount * quantity') }}

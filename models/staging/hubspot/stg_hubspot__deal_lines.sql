{{ config(enabled=is_connected('hubspot'), materialized='ephemeral') }}
with

products as (
    select source_name, id as product_id, name as listed, type as category from {{ source('hubspot', 'products') }}
),

deals as (
    select source_name, line_id as id, ({{ json_list('deal_ids') }})[1] as deal_id
    from {{ source('hubspot', 'line_deals') }} where not _deleted
),

source as (
    select
        lines.* replace (coalesce(lines.amount, lines.price * lines.quantity) as amount),
        coalesce({{ clean('lines.name') }}, listed) as product,
        category,
        deal_id
    from {{ source('hubspot', 'lines') }} as lines
    inner join deals using (source_name, id)
    left join products using (source_name, product_id)
)

{{ usual_deal_lines('source') }}

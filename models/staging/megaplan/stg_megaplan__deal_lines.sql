{{ config(enabled=is_connected('megaplan'), materialized='ephemeral') }}
with

listed as (
    select
        source_name, id as deal_id, _deleted, _load_id, _loaded_at,
        unnest(from_json(cast(positions as json), '["JSON"]')) as position
    from {{ source('megaplan', 'deals') }}
),

positions as (
    select
        source_name, deal_id, _deleted, _load_id, _loaded_at,
        position ->> '$.id' as id,
        coalesce(position ->> '$.name', position ->> '$.offer.name') as product,
        position ->> '$.offerCategory.id' as category_id,
        position ->> '$.offerCategory.name' as category_name,
        try_cast(position ->> '$.quantity' as decimal(18, 4)) as quantity,
        try_cast(position ->> '$.price.value' as decimal(18, 4)) as price,
        try_cast(position ->> '$.sum.value' as decimal(18, 4)) as amount
    from listed
),

-- A category has its name only where a page names it first, afterwards its number alone.
categories as (
    select source_name, category_id, max(category_name) as category
    from positions
    where category_id is not null
    group by all
),

source as (
    select positions.*, category
    from positions
    left join categories using (source_name, category_id)
)

{{ usual_deal_lines('source') }}

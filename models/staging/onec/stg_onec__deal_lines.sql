{{ config(enabled=is_connected('onec'), materialized='ephemeral') }}
with

products as (
    select source_name, id as product_id, name as product from {{ source('onec', 'products') }}
),

deals as (
    select *, unnest({{ json_list('lines') }}) as line from {{ source('onec', 'deals') }}
    where not coalesce(deletion_mark, false)
),

lined as (
    select
        source_name,
        _deleted,
        _load_id,
        _loaded_at,
        id as deal_id,
        id || ':' || (cast(line as json) ->> '$.LineNumber') as id,
        cast(line as json) ->> '$.Номенклатура_Key' as product_id,
        cast(null as varchar) as category,
        try_cast(cast(line as json) ->> '$.Количество' as decimal(18, 4)) as quantity,
        try_cast(cast(line as json) ->> '$.Цена' as decimal(18, 4)) as price,
        try_cast(cast(line as json) ->> '$.Сумма' as decimal(18, 4)) as amount
    from deals
),

source as (
    select lined.*, product
    from lined
    left join products using (source_name, product_id)
)

{{ usual_deal_lines('source') }}

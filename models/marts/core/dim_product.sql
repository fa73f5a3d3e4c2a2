with

listed as (
    select product_id, product_name, category, cast(price as decimal(18, 2)) as price
    from {{ ref('stg_files__products') }}
),

unlisted as (
    select product_id, min(spelled_ref) as product_name
    from {{ ref('int_product_references__resolved') }}
    where is_unlisted
    group by product_id
),

unioned as (
    select * from listed
    union all by name
    select * from unlisted
    union all by name
    select 'unknown' as product_id
)

select * from unioned

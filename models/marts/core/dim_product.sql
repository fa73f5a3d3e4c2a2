with

listed as (
    select product_id, product_name, category, cast(price as decimal(18, 2)) as price
    from {{ ref('stg_files__products') }}
),

categories as (
    select origin, product_ref, min(category) as category
    from {{ ref('int_deal_lines__unioned') }}
    group by origin, product_ref
),

unlisted as (
    select product_id, min(spelled_ref) as product_name, min(categories.category) as category
    from {{ ref('int_product_references__resolved') }}
    left join categories using (origin, product_ref)
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

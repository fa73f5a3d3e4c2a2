-- One row per product that deals name and no list has, where a listed one is close.
with

unlisted as (
    select origin, spelled_ref, min(product_id) as product_id, sum(deal_count) as found_rows
    from {{ ref('int_product_references__resolved') }}
    where is_unlisted and deal_count > 0
    group by origin, spelled_ref
),

products as (
    select distinct product_name from {{ ref('stg_files__products') }}
),

compared as (
    select
        unlisted.*,
        products.product_name,
        jaro_winkler_similarity({{ normal('unlisted.spelled_ref') }}, {{ normal('products.product_name') }}) as closeness,
        levenshtein(
            replace({{ normal('unlisted.spelled_ref') }}, ' ', ''),
            replace({{ normal('products.product_name') }}, ' ', '')
        ) as distance
    from unlisted
    left join products on true
),

closest as (
    select
        origin, spelled_ref, product_id, found_rows,
        arg_min(product_name, (distance, -closeness)) filter (where distance <= 2 or closeness >= 0.93) as suggestion
    from compared
    group by origin, spelled_ref, product_id, found_rows
),

found as (
    select
        case when suggestion is null then 'product_unlisted' else 'product_unknown_spelling' end as check_name,
        case when suggestion is null then 'info' else 'warning' end as severity,
        'product' as entity,
        product_id as record_key,
        spelled_ref as record_label,
        spelled_ref as value,
        suggestion,
        case when suggestion is null then 'Deals name a product that the product list does not have'
            else 'Deals name a product that the product list has in another spelling' end as message,
        origin,
        found_rows
    from closest
    where exists (select 1 from products)
),

joined_by_rule as (
    select
        'product_unknown_spelling' as check_name,
        'info' as severity,
        'product' as entity,
        origin || ':' || product_ref as record_key,
        product_ref as record_label,
        product_ref as value,
        spelled_ref as suggestion,
        'Deals spell a product in another way than the product list; a rule joins them' as message,
        origin,
        deal_count as found_rows
    from {{ ref('int_product_references__resolved') }}
    where is_respelled and deal_count > 0
),

unioned as (
    select * from found
    union all by name
    select * from joined_by_rule
)

select * from unioned

-- One row per product as a source's deals, their lines and targets write it.
with

products as (
    select * from {{ ref('stg_files__products') }}
),

spellings as (
    select spelling, min(canonical) as canonical
    from {{ ref('stg_workspace__spellings') }}
    where entity = 'product'
    group by spelling
),

mentioned as (
    select origin, product_ref, count(*) as deal_count from {{ ref('int_deals__unioned') }}
    where product_ref is not null group by all
    union all by name
    select origin, product_ref, count(distinct deal_id) as deal_count from {{ ref('int_deal_lines__unioned') }}
    where not is_main and product_ref is not null group by all
    union all by name
    select origin, product_ref, 0 as deal_count from {{ ref('int_targets__unioned') }}
    where product_ref is not null group by all
),

spelled as (
    select
        mentioned.origin,
        mentioned.product_ref,
        coalesce(min(spellings.canonical), mentioned.product_ref) as spelled_ref,
        sum(mentioned.deal_count) as deal_count
    from mentioned
    left join spellings on spellings.spelling = {{ normal('mentioned.product_ref') }}
    group by mentioned.origin, mentioned.product_ref
),

candidates as (
    select spelled.origin, spelled.product_ref, products.product_id,
        case when products.origin = spelled.origin then 0 else 10 end
        + case
            when lower(products.product_id) = {{ normal('spelled.spelled_ref') }} then 1
            when lower(products.source_product_id) = {{ normal('spelled.spelled_ref') }} then 2
            else 3
        end as rank
    from spelled
    inner join products
        on {{ normal('products.product_name') }} = {{ normal('spelled.spelled_ref') }}
        or lower(products.product_id) = {{ normal('spelled.spelled_ref') }}
        or (products.origin = spelled.origin
            and lower(products.source_product_id) = {{ normal('spelled.spelled_ref') }})
),

best as (
    select origin, product_ref, arg_min(product_id, (rank, product_id)) as product_id
    from candidates
    group by origin, product_ref
),

-- A product that no list has keeps a row of its own, so that no deal falls out of a report by product.
resolved as (
    select
        spelled.*,
        coalesce(best.product_id, spelled.origin || ':' || spelled.spelled_ref) as product_id,
        best.product_id is null as is_unlisted,
        spelled.spelled_ref <> spelled.product_ref as is_respelled
    from spelled
    left join best using (origin, product_ref)
)

select * from resolved

with

lines as (
    select * from {{ ref('int_deal_lines__unioned') }}
),

deals as (
    select * from {{ ref('fct_deals') }}
),

rates as (
    select deal_id, rate from {{ ref('int_deal_amounts__converted') }}
),

products as (
    select origin, product_ref, product_id from {{ ref('int_product_references__resolved') }}
),

-- A line without an amount of its own is worth what it says of price and quantity.
priced as (
    select
        *,
        coalesce(amount, price * quantity) as line_amount,
        coalesce(discount, greatest(price * quantity - amount, 0)) as line_discount
    from lines
),

final as (
    select
        priced.line_id,
        priced.deal_id,
        deals.origin,
        coalesce(products.product_id, 'unknown') as product_id,
        deals.source_id,
        deals.stage_id,
        deals.client_id,
        deals.owner_id,
        deals.department_id,
        deals.owner_now_id,
        deals.client_owner_id,
        deals.client_department_id,
        deals.branch,
        deals.status,
        deals.is_won,
        deals.is_excluded,
        priced.quantity,
        cast(priced.price as decimal(18, 2)) as price,
        cast(priced.line_discount * rates.rate as decimal(18, 2)) as discount_company,
        deals.currency,
        cast(priced.line_amount as decimal(18, 2)) as amount,
        cast(priced.line_amount * rates.rate as decimal(18, 2)) as amount_company,
        deals.created_at,
        deals.created_at_local,
        deals.closed_at,
        deals.closed_at_local,
        deals.won_at,
        deals.won_at_local,
        priced._load_id
    from priced
    inner join deals using (deal_id)
    left join rates using (deal_id)
    left join products on products.origin = priced.origin and products.product_ref = priced.product_ref
)

select * from final
order by created_at_local

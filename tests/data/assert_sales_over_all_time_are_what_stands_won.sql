-- The ledger of sales adds up to the present: each deal's bookings and cancellations leave one sale of its amount where it is won, else
-- none. A row means that a sale was lost, booked twice, or not taken back.
with

booked as (
    select deal_id, sum(sales_count) as sales_count, coalesce(sum(amount_company), 0) as amount
    from {{ ref('fct_sales') }}
    group by deal_id
),

standing as (
    select deal_id, 1 as sales_count, coalesce(amount_company, 0) as amount
    from {{ ref('fct_deals') }}
    where is_won
)

select *
from booked
full join standing using (deal_id)
where coalesce(booked.sales_count, 0) <> coalesce(standing.sales_count, 0)
    or coalesce(booked.amount, 0) <> coalesce(standing.amount, 0)

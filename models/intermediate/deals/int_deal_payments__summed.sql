-- What was received for a deal: its payments where the source has them, else what its invoices say.
with

unioned as (
    select * exclude (_loaded_at) from {{ ref('stg_bitrix24__payments') }}
    union all by name
    select * exclude (_loaded_at) from {{ ref('stg_files__payments') }}
    {{ also_staged('payments') }}
),

-- Sums of two currencies are not added up.
totals as (
    select
        deal_id,
        max(currency) as currency,
        sum(amount) filter (where kind = 'invoice') as amount_billed,
        case when count(*) filter (where kind = 'payment') > 0
            then sum(amount_paid) filter (where kind = 'payment')
            else sum(amount_paid) end as amount_paid,
        max(paid_at) as last_paid_at
    from unioned
    group by deal_id
    having count(distinct currency) < 2
),

summed as (
    select
        deal_id,
        currency,
        amount_paid,
        case when amount_paid > 0 and amount_paid >= coalesce(amount_billed, 0) then last_paid_at end as paid_at
    from totals
)

select * from summed

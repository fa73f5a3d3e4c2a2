-- One row per deal: what it is worth in the company's currency.
with

deals as (
    select * from {{ ref('int_deals__closed') }}
),

settings as (
    select currency as company_currency, vat from {{ ref('stg_workspace__company_settings') }}
),

rates as (
    select currency, rate_on, rate from {{ ref('stg_workspace__exchange_rates') }}
),

-- Won and lost deals take the rate of their closing day, open ones the latest there is.
priced as (
    select
        deals.deal_id,
        coalesce(deals.currency, settings.company_currency) as currency,
        settings.company_currency,
        case when settings.vat = 'without' then deals.amount_net else deals.amount end as counted_amount,
        coalesce(cast(deals.closed_at as date), cast('9999-12-31' as date)) as rate_day
    from deals
    cross join settings
),

converted as (
    select
        priced.deal_id,
        priced.currency,
        priced.counted_amount,
        case when priced.currency = priced.company_currency then 1 else rates.rate end as rate,
        case when priced.currency = priced.company_currency then priced.counted_amount
            else priced.counted_amount * rates.rate end as amount_company
    from priced
    asof left join rates on rates.currency = priced.currency and priced.rate_day >= rates.rate_on
)

select * from converted

-- What was received for a deal, in its currency: its payments where the source has them, else what its invoices say.
with

unioned as (
    select * exclude (_loaded_at) from {{ ref('stg_bitrix24__payments') }}
    union all by name
    select * exclude (_loaded_at) from {{ ref('stg_files__payments') }}
    {{ also_staged('payments') }}
),

settings as (
    select currency as company_currency from {{ ref('stg_workspace__company_settings') }}
),

rates as (
    select currency, rate_on, rate from {{ ref('stg_workspace__exchange_rates') }}
),

dated as (
    select
        unioned.* exclude (currency),
        settings.company_currency,
        coalesce(deals.currency, settings.company_currency) as deal_currency,
        coalesce(unioned.currency, deals.currency, settings.company_currency) as currency,
        coalesce(cast(unioned.paid_at as date), cast('9999-12-31' as date)) as rate_day
    from unioned
    inner join {{ ref('int_deals__unioned') }} as deals using (deal_id)
    cross join settings
),

-- Money of another currency counts by the rates of the day on which it came.
converted as (
    select
        dated.*,
        case when dated.currency = dated.deal_currency then 1
            else case when dated.currency = dated.company_currency then 1 else paid_rates.rate end
                / case when dated.deal_currency = dated.company_currency then 1 else deal_rates.rate end
        end as rate
    from dated
    asof left join rates as paid_rates
        on paid_rates.currency = dated.currency and dated.rate_day >= paid_rates.rate_on
    asof left join rates as deal_rates
        on deal_rates.currency = dated.deal_currency and dated.rate_day >= deal_rates.rate_on
),

totals as (
    select
        deal_id,
        any_value(deal_currency) as currency,
        bool_or(rate is null) as is_unpriced,
        sum(amount * rate) filter (where kind = 'invoice') as amount_billed,
        case when count(*) filter (where kind = 'payment') > 0
            then sum(amount_paid * rate) filter (where kind = 'payment')
            else sum(amount_paid * rate) end as amount_paid,
        max(paid_at) as last_paid_at
    from converted
    group by deal_id
),

summed as (
    select
        deal_id,
        currency,
        is_unpriced,
        case when not is_unpriced then cast(amount_paid as decimal(18, 4)) end as amount_paid,
        case when not is_unpriced and amount_paid > 0
                and round(amount_paid, 2) >= round(coalesce(amount_billed, 0), 2)
            then last_paid_at end as paid_at
    from totals
)

select * from summed

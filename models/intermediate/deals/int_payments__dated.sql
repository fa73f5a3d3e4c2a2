-- One row per version of an invoice or payment of a deal: from when to when it was known, and its rates.
with

unioned as (
    select * from {{ ref('stg_bitrix24__payments') }}
    union all by name
    select * from {{ ref('stg_files__payments') }}
    {{ also_staged('payments', '*') }}
),

settings as (
    select currency as company_currency from {{ ref('stg_workspace__company_settings') }}
),

rates as (
    select currency, rate_on, rate from {{ ref('stg_workspace__exchange_rates') }}
),

versions as (
    select
        *,
        lead(_loaded_at) over (partition by payment_id order by _loaded_at) as known_to,
        _loaded_at = min(_loaded_at) over (partition by origin) as is_first_load
    from unioned
    qualify row_number() over (partition by payment_id, _loaded_at order by _load_id desc) = 1
),

-- What the first load brought was known on its own day, later ones when they were loaded.
dated as (
    select
        versions.* exclude (currency, is_gone, is_first_load, _loaded_at),
        settings.company_currency,
        coalesce(deals.currency, settings.company_currency) as deal_currency,
        coalesce(versions.currency, deals.currency, settings.company_currency) as currency,
        case when is_first_load then coalesce(versions.issued_at, versions.paid_at, {{ since_ever() }})
            else versions._loaded_at end as issued_from,
        case when is_first_load then coalesce(versions.paid_at, {{ since_ever() }}) else versions._loaded_at end
            as paid_from,
        coalesce(cast(versions.paid_at as date), cast('9999-12-31' as date)) as rate_day
    from versions
    left join {{ ref('int_deals__unioned') }} as deals using (deal_id)
    cross join settings
    where versions.deal_id is not null and not is_gone
),

-- Money of another currency counts by the rates of the day on which it came.
converted as (
    select
        dated.* exclude (rate_day),
        case when dated.currency = dated.company_currency then 1 else paid_rates.rate end as company_rate,
        case when dated.currency = dated.deal_currency then 1
            else company_rate / case when dated.deal_currency = dated.company_currency then 1 else deal_rates.rate end
        end as rate
    from dated
    asof left join rates as paid_rates
        on paid_rates.currency = dated.currency and dated.rate_day >= paid_rates.rate_on
    asof left join rates as deal_rates
        on deal_rates.currency = dated.deal_currency and dated.rate_day >= deal_rates.rate_on
)

select * from converted

with

costs as (
    select * exclude (_loaded_at) from {{ ref('stg_files__ad_costs') }}
    {{ also_staged('ad_costs') }}
),

settings as (
    select currency as company_currency from {{ ref('stg_workspace__company_settings') }}
),

rates as (
    select currency, rate_on, rate from {{ ref('stg_workspace__exchange_rates') }}
),

priced as (
    select
        costs.* exclude (currency),
        coalesce(costs.currency, settings.company_currency) as currency,
        costs.currency is null or costs.currency = settings.company_currency as is_own_currency
    from costs
    cross join settings
),

final as (
    select
        priced.ad_cost_id,
        priced.origin,
        coalesce(priced.channel, 'unknown') as channel,
        priced.utm_source,
        priced.utm_medium,
        priced.campaign,
        priced.campaign_ref,
        priced.ad_group,
        priced.keyword,
        priced.landing_page,
        priced.currency,
        priced.impressions,
        priced.clicks,
        cast(priced.cost as decimal(18, 4)) as cost,
        cast(case when priced.is_own_currency then priced.cost else priced.cost * rates.rate end as decimal(18, 4))
            as cost_company,
        cast(priced.cost_on as timestamp) as cost_on,
        priced._load_id
    from priced
    asof left join rates
        on rates.currency = priced.currency and {{ asof_moment('priced.cost_on') }} >= rates.rate_on
)

select * from final

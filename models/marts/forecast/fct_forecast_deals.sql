with

open_deals as (
    select * from {{ ref('int_open_deals__followed') }} where kind = 'day' and months_ago = 0
),

chances as (
    select * from {{ ref('int_deal_chances__estimated') }}
),

as_of as (
    select * from {{ ref('int_as_of__found') }}
),

final as (
    select
        open_deals.deal_id || ':' || strftime(chances.month_start, '%Y-%m') as forecast_deal_id,
        open_deals.deal_id,
        deals.source_url,
        deals.title,
        open_deals.stage_id,
        open_deals.owner_id,
        open_deals.department_id,
        deals.owner_now_id,
        deals.client_id,
        deals.client_owner_id,
        deals.client_department_id,
        open_deals.amount_company,
        cast(chances.chance as double) as chance,
        cast(chances.chance_until as double) as chance_until,
        cast(chances.chance * coalesce(open_deals.amount_company, chances.usual_amount) as decimal(18, 2)) as expected_amount,
        chances.month_start,
        as_of.as_of
    from open_deals
    inner join chances using (stage_id, age_band, amount_band, department_id, owner_id)
    inner join {{ ref('fct_deals') }} as deals using (deal_id)
    cross join as_of
)

select * from final
order by month_start

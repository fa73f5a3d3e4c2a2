-- Each attribution model gives away exactly the won deals of a month and their amount, and what it gives to a campaign, landing
-- page and keyword is what their touches have by its rule.
-- A row here means that a model invents or loses sales.
with

shared as (
    select month_start, model, sum(conversions) as conversions, sum(amount) as amount, count(*) as parts_count
    from {{ ref('fct_attribution') }}
    group by month_start, model
),

sold as (
    select date_trunc('month', closed_at_local) as month_start,
        count(*) filter (where is_won) as conversions,
        coalesce(sum(amount_company) filter (where is_won), 0) as amount
    from {{ ref('fct_deals') }}
    where (is_won or is_lost) and not is_excluded and closed_at_local is not null
    group by date_trunc('month', closed_at_local)
),

models as (
    select distinct model from shared
),

by_touch as (
    select date_trunc('month', closed_at_local) as month_start, channel, campaign, landing_page, keyword,
        count(*) filter (where step = 1) as first,
        count(*) filter (where step = touches_count) as last,
        sum(1.0 / touches_count) as linear
    from {{ ref('fct_deal_touches') }}
    where is_won and not is_excluded and closed_at_local is not null
    group by all
),

told as (
    unpivot by_touch on first, last, linear into name model value conversions
)

select sold.month_start, models.model, 'all' as part, sold.conversions, shared.conversions as shared_conversions, shared.amount
from sold
cross join models
left join shared on shared.month_start = sold.month_start and shared.model = models.model
where shared.model is null
    or abs(shared.conversions - sold.conversions) > 1e-6
    or abs(shared.amount - sold.amount) > 0.0001 * shared.parts_count
union all
select told.month_start, told.model, told.channel || coalesce(' ' || told.campaign, ''), told.conversions,
    attribution.conversions, attribution.amount
from told
full join (from {{ ref('fct_attribution') }} where model in ('first', 'last', 'linear')) as attribution
    on attribution.month_start = told.month_start and attribution.model = told.model
    and attribution.channel = told.channel
    and attribution.campaign is not distinct from told.campaign
    and attribution.landing_page is not distinct from told.landing_page
    and attribution.keyword is not distinct from told.keyword
where abs(coalesce(attribution.conversions, 0) - coalesce(told.conversions, 0)) > 1e-6

-- Each attribution model gives away exactly the won deals of a month and their amount.
-- A row here means that a model invents or loses sales.
with

shared as (
    select month_start, model, sum(conversions) as conversions, sum(amount) as amount, count(*) as channels_count
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
)

select sold.month_start, models.model, sold.conversions, shared.conversions as shared_conversions, shared.amount
from sold
cross join models
left join shared on shared.month_start = sold.month_start and shared.model = models.model
where shared.model is null
    or abs(shared.conversions - sold.conversions) > 1e-6
    or abs(shared.amount - sold.amount) > 0.0001 * shared.channels_count

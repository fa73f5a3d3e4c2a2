-- Every line of cost and every deal is in the marketing mart once: no spend is lost or counted twice. Fails with what differs.
with

marketing as (
    select
        count(*) filter (where kind = 'cost') as costs,
        sum(cost_company) as cost_company,
        count(*) filter (where kind = 'deal') as deals,
        sum(amount_company) as amount_company,
        sum(visits) filter (where kind = 'visits') as visits
    from {{ ref('fct_marketing') }}
),

facts as (
    select
        (select count(*) from {{ ref('fct_ad_costs') }}) as costs,
        (select sum(cost_company) from {{ ref('fct_ad_costs') }}) as cost_company,
        (select count(*) from {{ ref('fct_deals') }}) as deals,
        (select sum(amount_company) from {{ ref('fct_deals') }}) as amount_company,
        (select count(*) from {{ ref('fct_touches') }}) as visits
)

select marketing.costs, facts.costs as costs_of_facts, marketing.deals, facts.deals as deals_of_facts
from marketing
cross join facts
where marketing.costs <> facts.costs
    or marketing.cost_company is distinct from facts.cost_company
    or marketing.deals <> facts.deals
    or marketing.amount_company is distinct from facts.amount_company
    or coalesce(marketing.visits, 0) < facts.visits

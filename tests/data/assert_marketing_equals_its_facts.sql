-- Every line of cost, lead and deal is in the marketing mart once, and a deal that came of a lead is no lead again: nothing is
-- lost or counted twice. Fails with what differs.
with

marketing as (
    select
        count(*) filter (where kind = 'cost') as costs,
        sum(cost_company) as cost_company,
        count(*) filter (where kind = 'lead') as leads,
        count(*) filter (where kind = 'deal') as deals,
        count(*) filter (where is_lead) as asked,
        sum(amount_company) as amount_company,
        sum(visits) filter (where kind = 'visits') as visits
    from {{ ref('fct_marketing') }}
),

facts as (
    select
        (select count(*) from {{ ref('fct_ad_costs') }}) as costs,
        (select sum(cost_company) from {{ ref('fct_ad_costs') }}) as cost_company,
        (select count(*) from {{ ref('fct_leads') }}) as leads,
        (select count(*) from {{ ref('fct_deals') }}) as deals,
        (select count(*) from {{ ref('int_lead_deals__linked') }}) as deals_of_leads,
        (select sum(amount_company) from {{ ref('fct_deals') }}) as amount_company,
        (select count(*) from {{ ref('fct_touches') }}) as visits
)

select
    marketing.costs, facts.costs as costs_of_facts, marketing.leads, facts.leads as leads_of_facts,
    marketing.deals, facts.deals as deals_of_facts, marketing.asked
from marketing
cross join facts
where marketing.costs <> facts.costs
    or marketing.cost_company is distinct from facts.cost_company
    or marketing.leads <> facts.leads
    or marketing.deals <> facts.deals
    or marketing.asked <> facts.leads + facts.deals - facts.deals_of_leads
    or marketing.amount_company is distinct from facts.amount_company
    or coalesce(marketing.visits, 0) < facts.visits

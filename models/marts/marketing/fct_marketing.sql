with

costs as (
    select
        'cost:' || ad_cost_id as marketing_id, 'cost' as kind, origin, channel, utm_source, utm_medium, campaign,
        campaign_ref, ad_group, keyword, landing_page, impressions, clicks, cost_company,
        cost is not null and cost_company is null as is_unpriced, cost_on as day, _load_id
    from {{ ref('fct_ad_costs') }}
),

visits as (
    select
        'visits:' || md5(cast(row({{ visit_columns() | join(', ') }}) as varchar)) as marketing_id,
        'visits' as kind, {{ visit_columns() | join(', ') }}, cast(sum(visits) as bigint) as visits, max(_load_id) as _load_id
    from (
        select *, 1 as visits, date_trunc('day', started_at_local) as day from {{ ref('fct_touches') }}
        {{ also_staged('visit_days') }}
    )
    group by all
),

origins as (
    select * from {{ ref('int_deal_origins__found') }}
),

lead_sources as (
    select source_id, source_name from {{ ref('dim_source') }}
),

-- A lead counts on the day it was made, whatever came of it and when.
leads as (
    select
        'lead:' || lead_id as marketing_id, 'lead' as kind, origin, lead_id, client_id, owner_id, department_id, owner_now_id,
        client_owner_id, client_department_id, channel, utm_source, utm_medium, campaign, keyword, landing_page, found_by,
        outcome as lead_outcome, true as is_lead, is_won as is_won_lead, is_excluded,
        date_trunc('day', coalesce(created_at_local, ended_at_local)) as day, _load_id
    from {{ ref('fct_leads') }}
),

new_clients as (
    select arg_min(deal_id, (won_at, deal_id)) as deal_id
    from {{ ref('fct_deals') }}
    where is_won and not is_excluded and client_id <> 'unknown'
    group by client_id
),

-- A deal came when its lead did; one that came of no lead is a lead itself.
deals as (
    select
        'deal:' || deals.deal_id as marketing_id, 'deal' as kind, deals.origin, deals.deal_id, origins.lead_id, deals.client_id,
        deals.owner_id, deals.department_id, deals.owner_now_id, deals.client_owner_id, deals.client_department_id,
        coalesce(origins.channel, lead_sources.source_name, 'unknown') as channel,
        origins.utm_source, origins.utm_medium, origins.campaign, origins.keyword, origins.landing_page, origins.found_by,
        deals.status, deals.amount_company,
        case when deals.is_won then deals.amount_company - deals.cost_company end as margin_company,
        new_clients.deal_id is not null as is_new_client,
        origins.lead_id is null as is_lead,
        origins.lead_id is null and deals.is_won as is_won_lead,
        deals.is_excluded,
        least(leads.day, date_trunc('day', coalesce(deals.created_at_local, deals.closed_at_local))) as day,
        deals._load_id
    from {{ ref('fct_deals') }} as deals
    left join origins using (deal_id)
    left join leads on leads.lead_id = origins.lead_id
    left join new_clients on new_clients.deal_id = deals.deal_id
    left join lead_sources on lead_sources.source_id = origins.source_id
),

unioned as (
    select * from costs
    union all by name
    select * from visits
    union all by name
    select * from leads
    union all by name
    select * from deals
),

-- One spelling of a channel, and one name of a campaign that some call by its number.
channels as (
    select {{ normal('channel') }} as word, min(channel) as channel from unioned group by all
),

campaigns as (
    {{ campaign_names() }}
),

final as (
    select
        unioned.marketing_id, unioned.kind, unioned.origin, unioned.lead_id, unioned.deal_id,
        coalesce(unioned.client_id, 'unknown') as client_id,
        coalesce(unioned.owner_id, 'unknown') as owner_id,
        coalesce(unioned.department_id, 'unknown') as department_id,
        coalesce(unioned.owner_now_id, 'unknown') as owner_now_id,
        coalesce(unioned.client_owner_id, 'unknown') as client_owner_id,
        coalesce(unioned.client_department_id, 'unknown') as client_department_id,
        channels.channel,
        unioned.utm_source, unioned.utm_medium,
        coalesce(campaigns.campaign, unioned.campaign) as campaign,
        unioned.ad_group, unioned.keyword, unioned.landing_page, unioned.found_by, unioned.lead_outcome, unioned.status,
        unioned.impressions, unioned.clicks, unioned.visits, unioned.cost_company,
        cast(unioned.amount_company as decimal(18, 2)) as amount_company,
        cast(unioned.margin_company as decimal(18, 2)) as margin_company,
        coalesce(unioned.is_unpriced, false) as is_unpriced,
        coalesce(unioned.is_new_client, false) as is_new_client,
        coalesce(unioned.is_lead, false) as is_lead,
        coalesce(unioned.is_won_lead, false) as is_won_lead,
        coalesce(unioned.is_excluded, false) as is_excluded,
        unioned.day,
        unioned._load_id
    from unioned
    inner join channels on channels.word = {{ normal('unioned.channel') }}
    left join campaigns
        on campaigns.channel_word = {{ normal('unioned.channel') }} and campaigns.word = {{ normal('unioned.campaign') }}
)

select * from final
order by day

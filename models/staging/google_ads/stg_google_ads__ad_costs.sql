{{ config(enabled=is_connected('google_ads')) }}
with

campaigns as (
    select * from {{ source('google_ads', 'campaign_days') }} where not _deleted
),

keywords as (
    select * from {{ source('google_ads', 'keyword_days') }} where not _deleted
),

-- Keywords have a part of their campaign's cost; what is left of the campaign is a line of its own, so that nothing
-- counts twice. A part above the whole is corrected later by the service, and leaves nothing.
known as (
    select source_name, day, campaign_id, sum(impressions) as impressions, sum(clicks) as clicks, sum(cost) as cost
    from keywords
    group by source_name, day, campaign_id
),

lines as (
    select
        source_name, day, campaign_id, campaign, currency, _load_id, _loaded_at,
        concat_ws(':', ad_group_id, criterion_id) as line, ad_group, keyword, impressions, clicks, cost
    from keywords
    union all by name
    select
        campaigns.source_name, campaigns.day, campaigns.campaign_id, campaigns.campaign, campaigns.currency,
        campaigns._load_id, campaigns._loaded_at, 'rest' as line,
        greatest(campaigns.impressions - coalesce(known.impressions, 0), 0) as impressions,
        greatest(campaigns.clicks - coalesce(known.clicks, 0), 0) as clicks,
        greatest(campaigns.cost - coalesce(known.cost, 0), 0) as cost
    from campaigns
    left join known using (source_name, day, campaign_id)
),

renamed as (
    select
        {{ source_key('source_name', "concat_ws(':', cast(day as date), campaign_id, line)") }} as ad_cost_id,
        source_name as origin,
        'Google Ads' as channel,
        'google' as utm_source,
        'cpc' as utm_medium,
        {{ clean('campaign') }} as campaign,
        {{ clean('campaign_id') }} as campaign_ref,
        {{ clean('ad_group') }} as ad_group,
        {{ clean('keyword') }} as keyword,
        cast(null as varchar) as landing_page,
        cast(impressions as bigint) as impressions,
        cast(clicks as bigint) as clicks,
        cast(cost as decimal(18, 4)) as cost,
        upper({{ clean('currency') }}) as currency,
        cast(day as date) as cost_on,
        _load_id,
        _loaded_at
    from lines
    where line <> 'rest' or cost > 0 or clicks > 0 or impressions > 0
)

select * from renamed

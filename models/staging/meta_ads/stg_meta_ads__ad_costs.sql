{{ config(enabled=is_connected('meta_ads')) }}
with

source as (
    select * from {{ source('meta_ads', 'ad_days') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "concat_ws(':', cast(day as date), campaign_id, adset_id, ad_id)") }} as ad_cost_id,
        source_name as origin,
        'Meta Ads' as channel,
        'facebook' as utm_source,
        'paid_social' as utm_medium,
        {{ clean('campaign') }} as campaign,
        {{ clean('campaign_id') }} as campaign_ref,
        {{ clean('adset') }} as ad_group,
        cast(null as varchar) as keyword,
        cast(null as varchar) as landing_page,
        impressions,
        clicks,
        spend as cost,
        upper({{ clean('currency') }}) as currency,
        cast(day as date) as cost_on,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

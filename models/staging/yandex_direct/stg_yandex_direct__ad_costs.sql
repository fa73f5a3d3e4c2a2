{{ config(enabled=is_connected('yandex_direct')) }}
with

source as (
    select * from {{ source('yandex_direct', 'costs') }} where not _deleted
),

accounts as (
    select source_name, min(currency) as currency
    from {{ source('yandex_direct', 'accounts') }}
    where not _deleted
    group by source_name
),

renamed as (
    select
        {{ source_key('source.source_name', "concat_ws(':', cast(day as date), campaign_id, ad_group_id, criterion_id)") }}
            as ad_cost_id,
        source.source_name as origin,
        'Yandex.Direct' as channel,
        'yandex' as utm_source,
        'cpc' as utm_medium,
        {{ clean('campaign') }} as campaign,
        {{ clean('campaign_id') }} as campaign_ref,
        {{ clean('ad_group') }} as ad_group,
        {{ clean('criterion') }} as keyword,
        cast(null as varchar) as landing_page,
        impressions,
        clicks,
        cost,
        upper({{ clean('accounts.currency') }}) as currency,
        cast(day as date) as cost_on,
        source._load_id,
        source._loaded_at
    from source
    left join accounts using (source_name)
)

select * from renamed

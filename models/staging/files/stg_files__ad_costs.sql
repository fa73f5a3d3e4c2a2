with

source as (
    select * from {{ source('files', 'ad_costs') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(cost_id)") }} as ad_cost_id,
        source_name as origin,
        coalesce({{ clean('channel') }}, {{ marketing_channel('source', 'medium', 'null') }}) as channel,
        {{ clean('source') }} as utm_source,
        {{ clean('medium') }} as utm_medium,
        {{ clean('campaign') }} as campaign,
        {{ clean('campaign_id') }} as campaign_ref,
        {{ clean('ad_group') }} as ad_group,
        {{ clean('keyword') }} as keyword,
        {{ page_of('landing_page') }} as landing_page,
        cast(impressions as bigint) as impressions,
        cast(clicks as bigint) as clicks,
        cost,
        upper({{ clean('currency') }}) as currency,
        cast(day as date) as cost_on,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

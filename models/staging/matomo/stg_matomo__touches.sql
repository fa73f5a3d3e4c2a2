{{ config(enabled=is_connected('matomo')) }}
with

source as (
    select * from {{ source('matomo', 'visits') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', 'visit_id') }} as touch_id,
        source_name as origin,
        {{ clean('visitor_id') }} as visitor_ref,
        coalesce(
            {{ clean('campaign_source') }},
            {{ page_parameter('landing_page', 'utm_source') }},
            case referrer_type when 'direct' then '(direct)' else lower({{ clean('referrer_name') }}) end
        ) as utm_source,
        coalesce(
            {{ clean('campaign_medium') }},
            {{ page_parameter('landing_page', 'utm_medium') }},
            case referrer_type
                when 'direct' then '(none)' when 'search' then 'organic' when 'website' then 'referral' when 'social' then 'social'
            end
        ) as utm_medium,
        coalesce(
            {{ page_parameter('landing_page', 'utm_campaign') }}, case referrer_type when 'campaign' then {{ clean('referrer_name') }} end
        ) as campaign,
        coalesce({{ page_parameter('landing_page', 'utm_term') }}, {{ clean('referrer_keyword') }}) as keyword,
        coalesce({{ clean('campaign_content') }}, {{ page_parameter('landing_page', 'utm_content') }}) as content,
        {{ page_of('landing_page') }} as landing_page,
        coalesce(
            {{ click_mark('yclid', page_parameter('landing_page', 'yclid')) }},
            {{ click_mark('gclid', page_parameter('landing_page', 'gclid')) }}
        ) as click_id,
        started_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('yandex_metrica')) }}
with

source as (
    select * from {{ source('yandex_metrica', 'visits') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', 'visit_id') }} as touch_id,
        source_name as origin,
        {{ clean('client_id') }} as visitor_ref,
        coalesce(
            {{ clean('utm_source') }},
            case traffic_source when 'direct' then '(direct)' when 'ad' then 'yandex' else {{ clean('traffic_source') }} end
        ) as utm_source,
        coalesce(
            {{ clean('utm_medium') }},
            case traffic_source when 'direct' then '(none)' when 'ad' then 'cpc' else {{ clean('traffic_source') }} end
        ) as utm_medium,
        {{ clean('utm_campaign') }} as campaign,
        {{ clean('utm_term') }} as keyword,
        {{ clean('utm_content') }} as content,
        {{ page_of('start_url') }} as landing_page,
        coalesce(
            {{ click_mark('yclid', "regexp_extract(start_url, '[?&]yclid=([^&#]+)', 1)") }},
            {{ click_mark('gclid', "regexp_extract(start_url, '[?&]gclid=([^&#]+)', 1)") }}
        ) as click_id,
        started_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('google_analytics')) }}
with

source as (
    select * from {{ source('google_analytics', 'sessions') }} where not _deleted
),

-- What the service cannot name stands in round brackets; direct is said so, too.
named as (
    select
        *,
        nullif({{ clean('source') }}, '(not set)') as utm_source,
        nullif({{ clean('medium') }}, '(not set)') as utm_medium
    from source
),

renamed as (
    select
        source_name as origin,
        coalesce({{ marketing_channel('utm_source', 'utm_medium', 'null') }}, 'unknown') as channel,
        utm_source,
        utm_medium,
        case when campaign not like '(%)' then {{ clean('campaign') }} end as campaign,
        case when term not like '(%)' then {{ clean('term') }} end as keyword,
        case when landing_page not like '(%)' then {{ page_of("'//' || host || landing_page") }} end as landing_page,
        sessions as visits,
        cast(day as timestamp) as day,
        _load_id,
        _loaded_at
    from named
)

select * from renamed

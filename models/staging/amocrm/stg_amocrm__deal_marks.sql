{{ config(enabled=is_connected('amocrm')) }}
with

source as (
    select * from {{ source('amocrm', 'deals') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "cast(id as varchar)") }} as deal_id,
        {{ clean('utm_source') }} as utm_source,
        {{ clean('utm_medium') }} as utm_medium,
        {{ clean('utm_campaign') }} as campaign,
        coalesce({{ click_mark('yclid', 'yclid') }}, {{ click_mark('gclid', 'gclid') }}) as click_id,
        {{ clean('ym_uid') }} as visitor_ref
    from source
    where coalesce(utm_source, utm_medium, utm_campaign, gclid, yclid, ym_uid) is not null
)

select * from renamed

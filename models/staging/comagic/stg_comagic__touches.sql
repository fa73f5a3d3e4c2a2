{{ config(enabled=is_connected('comagic')) }}
with

source as (
    select * from {{ source('comagic', 'calls') }} where not _deleted
),

-- A call that the service traced to a visit: who called had seen this campaign.
renamed as (
    select
        {{ source_key('source_name', "'call:' || trim(cast(id as varchar))") }} as touch_id,
        source_name as origin,
        coalesce({{ clean('ym_client_id') }}, {{ clean('ua_client_id') }}, {{ clean('visitor_id') }}) as visitor_ref,
        {{ clean('utm_source') }} as utm_source,
        {{ clean('utm_medium') }} as utm_medium,
        {{ clean('utm_campaign') }} as campaign,
        coalesce({{ click_mark('yclid', 'yclid') }}, {{ click_mark('gclid', 'gclid') }}) as click_id,
        {{ clean('phone') }} as phone_raw,
        start_time as started_at,
        _load_id,
        _loaded_at
    from source
    where direction = 'in' and coalesce(utm_source, utm_medium, utm_campaign, yclid, gclid) is not null
)

select * from renamed

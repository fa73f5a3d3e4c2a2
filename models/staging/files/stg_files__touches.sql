with

source as (
    select * from {{ source('files', 'web_sessions') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(session_id)") }} as touch_id,
        source_name as origin,
        {{ clean('visitor') }} as visitor_ref,
        {{ clean('source') }} as utm_source,
        {{ clean('medium') }} as utm_medium,
        {{ clean('campaign') }} as campaign,
        {{ clean('term') }} as keyword,
        {{ clean('content') }} as content,
        {{ page_of('landing_page') }} as landing_page,
        {{ clean('click_id') }} as click_id,
        is_direct,
        {{ clean('deal') }} as deal_ref,
        {{ clean('phone') }} as phone_raw,
        coalesce(lower({{ clean('email_hash') }}), sha256(lower({{ clean('email') }}))) as email_hash,
        started_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

with

touches as (
    select * from {{ ref('int_touches__resolved') }} where {{ in_span('started_at') }}
),

settings as (
    select timezone from {{ ref('stg_workspace__company_settings') }}
),

final as (
    select
        touches.touch_id,
        touches.origin,
        touches.visitor_ref as visitor_id,
        coalesce(touches.client_id, 'unknown') as client_id,
        touches.deal_id,
        touches.channel,
        touches.utm_source,
        touches.utm_medium,
        touches.campaign,
        touches.keyword,
        touches.content,
        touches.landing_page,
        touches.click_id,
        touches.matched_by,
        touches.is_direct,
        touches.started_at,
        {{ local_time('touches.started_at', 'settings.timezone') }} as started_at_local,
        touches._load_id
    from touches
    cross join settings
)

select * from final
order by started_at_local

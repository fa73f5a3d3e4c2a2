with

touches as (
    select * from {{ ref('int_deal_touches__found') }}
),

campaigns as (
    {{ campaign_names() }}
),

settings as (
    select timezone from {{ ref('stg_workspace__company_settings') }}
),

as_of as (
    select * from {{ ref('int_as_of__found') }}
),

final as (
    select
        touches.deal_id || '/' || touches.step as deal_touch_id,
        touches.deal_id,
        touches.touch_id,
        touches.kind,
        touches.step,
        touches.touches_count,
        touches.channel,
        coalesce(campaigns.campaign, touches.campaign) as campaign,
        touches.landing_page,
        touches.keyword,
        touches.is_direct,
        cast(touches.days_before as double) as days_before_request,
        cast({{ days_between('touches.touched_at', 'deals.won_at') }} as double) as days_before_sale,
        deals.status,
        deals.is_won,
        deals.is_excluded,
        deals.client_id,
        deals.owner_id,
        deals.department_id,
        deals.owner_now_id,
        deals.client_owner_id,
        deals.client_department_id,
        touches.touched_at,
        {{ local_time('touches.touched_at', 'settings.timezone') }} as touched_at_local,
        deals.closed_at_local,
        deals.won_at_local,
        as_of.as_of
    from touches
    inner join {{ ref('fct_deals') }} as deals using (deal_id)
    cross join settings
    cross join as_of
    left join campaigns
        on campaigns.channel_word = {{ normal('touches.channel') }} and campaigns.word = {{ normal('touches.campaign') }}
)

select * from final
order by touched_at_local

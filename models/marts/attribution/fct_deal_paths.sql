with

-- A channel that is touched again at once is one step of the way.
steps as (
    select *, channel is distinct from lag(channel) over (partition by deal_id order by step) as is_new_step
    from {{ ref('int_deal_touches__found') }}
),

paths as (
    select
        deal_id,
        any_value(asked_at) as asked_at,
        min(touched_at) as first_touched_at,
        arg_min(channel, step) as first_channel,
        arg_max(channel, step) as last_channel,
        string_agg(channel, ' → ' order by step) filter (where is_new_step) as path,
        cast(count(*) as integer) as touches_count,
        cast(count(distinct channel) as integer) as channels_count
    from steps
    group by deal_id
),

settings as (
    select timezone from {{ ref('stg_workspace__company_settings') }}
),

as_of as (
    select * from {{ ref('int_as_of__found') }}
),

final as (
    select
        paths.deal_id,
        paths.path,
        paths.first_channel,
        paths.last_channel,
        paths.touches_count,
        paths.channels_count,
        deals.status,
        deals.is_won,
        deals.is_lost,
        deals.is_open,
        deals.is_excluded,
        deals.amount_company,
        cast({{ days_between('paths.first_touched_at', 'paths.asked_at') }} as double) as days_to_request,
        cast({{ days_between('paths.first_touched_at', 'deals.won_at') }} as double) as days_to_sale,
        deals.client_id,
        deals.owner_id,
        deals.department_id,
        deals.owner_now_id,
        deals.client_owner_id,
        deals.client_department_id,
        {{ local_time('paths.first_touched_at', 'settings.timezone') }} as first_touched_at_local,
        {{ local_time('paths.asked_at', 'settings.timezone') }} as asked_at_local,
        deals.closed_at_local,
        deals.won_at_local,
        as_of.as_of
    from paths
    inner join {{ ref('fct_deals') }} as deals using (deal_id)
    cross join settings
    cross join as_of
)

select * from final
order by asked_at_local

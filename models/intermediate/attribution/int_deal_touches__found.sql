-- One row per deal and touch on its way: what the client had touched before it asked for the deal, and the request itself.
with

touches as (
    select * from {{ ref('int_touches__unioned') }} where touched_at is not null
),

-- The touch by which the deal itself began ends its path.
requests as (
    select touch_id, substr(touch_id, len('deal:') + 1) as deal_id, party, touched_at as asked_at
    from touches
    where kind = 'request'
),

found as (
    select
        requests.deal_id,
        touches.* exclude (party),
        requests.asked_at,
        {{ days_between('touches.touched_at', 'requests.asked_at') }} as days_before,
        cast(row_number() over steps as integer) as step,
        cast(count(*) over (partition by requests.deal_id) as integer) as touches_count
    from requests
    inner join touches
        on touches.party = requests.party
        and touches.touched_at <= requests.asked_at
        and touches.touched_at >= requests.asked_at - interval {{ var('attribution_days') }} day
    window steps as (
        partition by requests.deal_id
        order by touches.touch_id = requests.touch_id, touches.touched_at, touches.touch_id
    )
)

select * from found

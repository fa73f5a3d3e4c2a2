with

calls as (
    select
        *,
        coalesce(phone_e164, phone_raw) as phone,
        {{ local_time('started_at', 'timezone') }} as started_at_local
    from {{ ref('int_calls__owned') }}
),

placed as (
    select * from calls where {{ in_span('started_at') }}
),

-- Nobody has called the number since.
lost as (
    select missed.call_id
    from (select * from placed where direction = 'in' and not is_answered and phone is not null) as missed
    asof left join (select phone, started_at from calls where direction = 'out') as back
        on back.phone = missed.phone
        and coalesce(missed.started_at, cast('infinity' as timestamp)) <= back.started_at
    where back.phone is null
),

final as (
    select
        placed.call_id,
        origin,
        direction,
        phone,
        owner_id,
        department_id,
        coalesce(client_id, 'unknown') as client_id,
        coalesce(client_record_id, 'unknown') as client_record_id,
        deal_id,
        coalesce(client_owner_id, 'unknown') as client_owner_id,
        coalesce(client_department_id, 'unknown') as client_department_id,
        coalesce(deal_owner_now_id, 'unknown') as deal_owner_now_id,
        topic,
        cast(wait_seconds as decimal(18, 2)) as wait_seconds,
        cast(talk_seconds as decimal(18, 2)) as talk_seconds,
        cast(hour(started_at_local) as integer) as hour_of_day,
        is_answered,
        is_connected,
        is_connected and coalesce(talk_seconds >= {{ var('conversation_seconds') }}, false) as is_conversation,
        coalesce(steps.has_next_step, false) as has_next_step,
        coalesce(steps.is_won_after, false) as is_won_after,
        lost.call_id is not null as is_lost,
        started_at,
        started_at_local,
        _load_id
    from placed
    left join lost using (call_id)
    left join {{ ref('int_call_steps__found') }} as steps using (call_id)
)

select * from final
order by started_at_local

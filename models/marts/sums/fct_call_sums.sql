with

calls as (
    select *, date_trunc('month', started_at_local) as started_month from {{ ref('fct_calls') }}
),

final as (
    select
        case when grouping(owner_id) = 0 then 'people' else 'hours' end as slice,
        direction,
        is_answered,
        owner_id,
        department_id,
        deal_owner_now_id,
        client_owner_id,
        client_department_id,
        topic,
        hour_of_day,
        cast(started_month as timestamp) as started_month,
        count(*) as calls_count,
        count(case when is_connected then 1 end) as connected_count,
        count(case when is_conversation then 1 end) as conversations_count,
        count(case when has_next_step then 1 end) as next_steps_count,
        count(case when is_won_after then 1 end) as won_after_count,
        count(case when is_lost then 1 end) as lost_count,
        count(talk_seconds) as talks_count,
        count(wait_seconds) as waits_count,
        cast(sum(talk_seconds) as decimal(18, 2)) as talk_seconds,
        cast(sum(wait_seconds) as decimal(18, 2)) as wait_seconds
    from calls
    group by grouping sets (
        (
            direction, is_answered, started_month, owner_id, department_id, deal_owner_now_id, client_owner_id,
            client_department_id
        ),
        (direction, is_answered, started_month, department_id, client_department_id, topic, hour_of_day)
    )
)

select * from final
order by slice

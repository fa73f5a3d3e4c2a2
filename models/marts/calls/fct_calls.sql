with

calls as (
    select *, {{ local_time('started_at', 'timezone') }} as started_at_local from {{ ref('int_calls__owned') }}
),

final as (
    select
        call_id,
        origin,
        direction,
        coalesce(phone_e164, phone_raw) as phone,
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
        started_at,
        started_at_local,
        _load_id
    from calls
)

select * from final

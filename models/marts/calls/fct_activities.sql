with

activities as (
    select * from {{ ref('int_activities__owned') }}
),

final as (
    select
        activity_id,
        origin,
        kind,
        subject,
        owner_id,
        department_id,
        coalesce(client_id, 'unknown') as client_id,
        deal_id,
        coalesce(client_owner_id, 'unknown') as client_owner_id,
        coalesce(client_department_id, 'unknown') as client_department_id,
        coalesce(deal_owner_now_id, 'unknown') as deal_owner_now_id,
        cast(hour({{ local_time('happened_at', 'timezone') }}) as integer) as hour_of_day,
        is_completed,
        created_at,
        {{ local_time('created_at', 'timezone') }} as created_at_local,
        due_at,
        {{ local_time('due_at', 'timezone') }} as due_at_local,
        completed_at,
        {{ local_time('completed_at', 'timezone') }} as completed_at_local,
        _load_id
    from activities
)

select * from final
order by created_at_local

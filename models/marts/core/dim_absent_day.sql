with

days as (
    select * from {{ ref('int_absent_days__placed') }}
),

final as (
    select manager_id, calendar_id, date_day, cast(date_trunc('month', date_day) as date) as month_start
    from days
)

select * from final
order by manager_id, calendar_id, date_day

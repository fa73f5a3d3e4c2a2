with

days as (
    select * from {{ ref('int_working_days__laid_out') }}
),

final as (
    select calendar_id, date_day, cast(date_trunc('month', date_day) as date) as month_start, is_working_day
    from days
)

select * from final
order by calendar_id, date_day

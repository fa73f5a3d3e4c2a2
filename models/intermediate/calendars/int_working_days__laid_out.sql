-- One row per working calendar and day, with the working seconds that are over before it: the time between two moments
-- is one subtraction.
with

company as (
    select 'company' as calendar_id, date_day, is_working_day, opens_at, closes_at
    from {{ ref('stg_workspace__calendar_days') }}
),

teams as (
    select calendar_id, date_day, is_working_day, opens_at, closes_at
    from {{ ref('stg_workspace__team_calendar_days') }}
),

days as (
    select * from company
    union all by name
    select * from teams
),

open_hours as (
    select
        calendar_id,
        cast(date_day as date) as date_day,
        is_working_day,
        coalesce(epoch(opens_at), 0) as opens_second,
        case when is_working_day then coalesce(epoch(closes_at) - epoch(opens_at), 0) else 0 end as open_seconds
    from days
),

laid_out as (
    select
        *,
        coalesce(sum(open_seconds) over (
            partition by calendar_id order by date_day rows between unbounded preceding and 1 preceding
        ), 0) as worked_before
    from open_hours
)

select * from laid_out

-- One row per person who was ever away, working calendar and day from the first such day to that of the last load, with
-- the working seconds missed before it and how many of its own are missed.
with

absent_days as (
    select * from {{ ref('int_absent_days__placed') }}
),

loads as (
    select max(finished_at) as known_until from {{ ref('stg_embut__loads') }}
),

people as (
    select manager_id, calendar_id, min(date_day) as first_day
    from absent_days
    group by manager_id, calendar_id
),

-- A moment of the last load can be a day later in another zone.
days as (
    select people.manager_id, days.calendar_id, days.date_day
    from people
    cross join loads
    inner join {{ ref('int_working_days__laid_out') }} as days
        on days.calendar_id = people.calendar_id
        and days.date_day between people.first_day and cast(loads.known_until + interval 1 day as date)
),

accumulated as (
    select
        days.manager_id,
        days.calendar_id,
        days.date_day,
        coalesce(absent_days.open_seconds, 0) as missed_seconds,
        coalesce(sum(absent_days.open_seconds) over (
            partition by days.manager_id, days.calendar_id order by days.date_day
            rows between unbounded preceding and 1 preceding
        ), 0) as missed_before
    from days
    left join absent_days using (manager_id, calendar_id, date_day)
)

select * from accumulated

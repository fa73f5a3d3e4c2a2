-- One row per working calendar, month and person away in it, and one for everybody else (`unknown`): working days, and how
-- many of them were over at the last load. Who is away on all of them is planned as everybody else.
with

loads as (
    select cast({{ local_time('max(loads.finished_at)', 'any_value(settings.timezone)') }} as date) as known_on
    from {{ ref('stg_embut__loads') }} as loads
    cross join {{ ref('stg_workspace__company_settings') }} as settings
),

days as (
    select calendar_id, date_day, cast(date_trunc('month', date_day) as date) as month_start
    from {{ ref('int_working_days__laid_out') }}
    where is_working_day
),

absent_days as (
    select manager_id, calendar_id, date_day, cast(date_trunc('month', date_day) as date) as month_start
    from {{ ref('int_absent_days__placed') }}
),

months as (
    select
        calendar_id, month_start, count(*) as working_days,
        count(*) filter (date_day < known_on) as elapsed_days
    from days
    cross join loads
    group by calendar_id, month_start
),

away as (
    select
        manager_id, calendar_id, month_start, count(*) as away_days,
        count(*) filter (date_day < known_on) as elapsed_away_days
    from absent_days
    cross join loads
    group by manager_id, calendar_id, month_start
),

counted as (
    select calendar_id, month_start, 'unknown' as manager_id, working_days, elapsed_days
    from months
    union all by name
    select
        months.calendar_id, months.month_start, away.manager_id,
        months.working_days - away.away_days as working_days,
        months.elapsed_days - away.elapsed_away_days as elapsed_days
    from months
    inner join away using (calendar_id, month_start)
    where away.away_days < months.working_days
)

select * from counted

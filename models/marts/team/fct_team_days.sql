with

loads as (
    select max(finished_at) as known_until from {{ ref('stg_embut__loads') }}
),

calls as (
    select
        owner_id, department_id, cast(started_at_local as date) as day,
        count(*) as calls_count,
        count(*) filter (direction = 'out') as outgoing_calls_count,
        count(*) filter (is_connected) as connected_calls_count,
        count(*) filter (direction = 'out' and is_connected) as outgoing_connected_count,
        count(*) filter (direction = 'in' and not is_answered) as missed_calls_count,
        sum(talk_seconds) as talk_seconds
    from {{ ref('fct_calls') }}
    where started_at_local is not null
    group by all
),

-- A task counts twice: on the day it was done, and on the day it was due.
tasks_done as (
    select owner_id, department_id, cast(completed_at_local as date) as day, count(*) as activities_done_count
    from {{ ref('fct_activities') }}
    where is_completed and completed_at_local is not null
    group by all
),

tasks_due as (
    select
        owner_id, department_id, cast(due_at_local as date) as day,
        count(*) as activities_due_count,
        count(*) filter (is_completed and coalesce(completed_at <= due_at, false)) as activities_in_time_count
    from {{ ref('fct_activities') }}
    cross join loads
    where due_at_local is not null and (is_completed or due_at < known_until)
    group by all
),

requests as (
    select
        owner_id, department_id, cast(requested_at_local as date) as day,
        count(*) as requests_count,
        count(*) filter (is_due_15) as requests_due_count,
        count(*) filter (is_in_time_15) as requests_in_time_count
    from {{ ref('fct_requests') }}
    where not is_excluded
    group by all
),

deals_created as (
    select owner_id, department_id, cast(created_at_local as date) as day, count(*) as deals_created_count
    from {{ ref('fct_deals') }}
    where not is_excluded and created_at_local is not null and status <> 'ignored'
    group by all
),

deals_closed as (
    select
        owner_id, department_id, cast(closed_at_local as date) as day,
        count(*) filter (is_won) as deals_won_count,
        count(*) filter (is_lost) as deals_lost_count,
        sum(amount_company) filter (is_won) as won_amount
    from {{ ref('fct_deals') }}
    where not is_excluded and closed_at_local is not null
    group by all
),

-- The working days of who has a target, numbered; who is away on all of a month's is planned as everybody else.
target_days as (
    select
        targets.owner_id, targets.department_id, targets.target_value, days.date_day as day,
        row_number() over (partition by targets.attainment_id order by days.date_day) as day_of_month,
        count(*) over (partition by targets.attainment_id) as days_in_month
    from {{ ref('fct_target_attainment') }} as targets
    left join {{ ref('int_department_calendars__resolved') }} as calendars using (department_id)
    inner join {{ ref('int_working_days__laid_out') }} as days
        on days.calendar_id = coalesce(calendars.calendar_id, 'company') and days.is_working_day
        and date_trunc('month', days.date_day) = cast(targets.month_start as date)
    left join {{ ref('int_work_months__counted') }} as own
        on own.calendar_id = days.calendar_id and own.manager_id = targets.owner_id
        and own.month_start = cast(targets.month_start as date)
    left join {{ ref('int_absent_days__placed') }} as away
        on away.calendar_id = days.calendar_id and away.manager_id = own.manager_id and away.date_day = days.date_day
    where targets.metric = 'won_amount' and targets.target_value is not null and away.date_day is null
),

-- A month's target falls on its working days in equal parts; rounded so that they sum to it to the cent.
targets as (
    select
        owner_id, department_id, day,
        sum(round(target_value * day_of_month / days_in_month, 2)
            - round(target_value * (day_of_month - 1) / days_in_month, 2)) as won_target
    from target_days
    group by all
),

unioned as (
    select * from calls
    union all by name
    select * from tasks_done
    union all by name
    select * from tasks_due
    union all by name
    select * from requests
    union all by name
    select * from deals_created
    union all by name
    select * from deals_closed
    union all by name
    select * from targets
),

final as (
    select
        owner_id || ':' || department_id || ':' || strftime(day, '%Y-%m-%d') as team_day_id,
        owner_id,
        department_id,
        cast(day as timestamp) as day,
        cast(coalesce(sum(calls_count), 0) as integer) as calls_count,
        cast(coalesce(sum(outgoing_calls_count), 0) as integer) as outgoing_calls_count,
        cast(coalesce(sum(connected_calls_count), 0) as integer) as connected_calls_count,
        cast(coalesce(sum(outgoing_connected_count), 0) as integer) as outgoing_connected_count,
        cast(coalesce(sum(missed_calls_count), 0) as integer) as missed_calls_count,
        cast(coalesce(sum(talk_seconds), 0) as decimal(18, 2)) as talk_seconds,
        cast(coalesce(sum(activities_done_count), 0) as integer) as activities_done_count,
        cast(coalesce(sum(activities_due_count), 0) as integer) as activities_due_count,
        cast(coalesce(sum(activities_in_time_count), 0) as integer) as activities_in_time_count,
        cast(coalesce(sum(requests_count), 0) as integer) as requests_count,
        cast(coalesce(sum(requests_due_count), 0) as integer) as requests_due_count,
        cast(coalesce(sum(requests_in_time_count), 0) as integer) as requests_in_time_count,
        cast(coalesce(sum(deals_created_count), 0) as integer) as deals_created_count,
        cast(coalesce(sum(deals_won_count), 0) as integer) as deals_won_count,
        cast(coalesce(sum(deals_lost_count), 0) as integer) as deals_lost_count,
        cast(coalesce(sum(won_amount), 0) as decimal(18, 2)) as won_amount,
        cast(sum(won_target) as decimal(18, 2)) as won_target,
        coalesce(sum(calls_count), 0) + coalesce(sum(activities_done_count), 0) > 0 as is_worked
    from unioned
    group by owner_id, department_id, day
)

select * from final

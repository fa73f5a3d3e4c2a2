-- One row per department with the working calendar of it, else of its branch, else of the company.
with

calendars as (
    select distinct team_kind, team, calendar_id from {{ ref('stg_workspace__team_calendar_days') }}
),

departments as (
    select * from {{ ref('int_departments__described') }}
),

resolved as (
    select
        departments.department_id,
        coalesce(own.calendar_id, branches.calendar_id, 'company') as calendar_id
    from departments
    left join calendars as own on own.team_kind = 'department' and own.team = departments.department_id
    left join calendars as branches on branches.team_kind = 'branch' and branches.team = departments.branch
)

select * from resolved

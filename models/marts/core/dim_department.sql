with

departments as (
    select * from {{ ref('int_departments__described') }}
),

calendars as (
    select * from {{ ref('int_department_calendars__resolved') }}
),

unioned as (
    select departments.*, calendars.calendar_id
    from departments
    inner join calendars using (department_id)
    union all by name
    select 'unknown' as department_id, 'company' as calendar_id
)

select * from unioned

-- One row per person, working calendar and working day of it on which the person is away.
with

absences as (
    select * from {{ ref('stg_workspace__absences') }}
),

people as (
    select person_id, manager_id from {{ ref('int_people__identities_merged') }}
),

days as (
    select * from {{ ref('int_working_days__laid_out') }}
),

placed as (
    select distinct people.manager_id, days.calendar_id, days.date_day, days.opens_second, days.open_seconds
    from absences
    inner join people on lower(people.person_id) = lower(absences.person_id)
    inner join days on days.date_day between absences.first_day and absences.last_day
    where days.is_working_day
)

select * from placed

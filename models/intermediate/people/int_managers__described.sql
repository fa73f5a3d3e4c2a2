-- One row per person: the best of what its sources say, the CRM first.
with

people as (
    select people.*, merged.manager_id
    from {{ ref('int_people__unioned') }} as people
    inner join {{ ref('int_people__identities_merged') }} as merged using (person_id)
),

listed as (
    select
        manager_id,
        arg_min(person_name, (source_rank, person_id)) filter (where person_name is not null) as manager_name,
        arg_min(email, (source_rank, person_id)) filter (where email is not null) as email,
        arg_min(extension, (source_rank, person_id)) filter (where extension is not null) as extension,
        arg_min(head_name, (source_rank, person_id)) filter (where head_name is not null) as head_name,
        arg_min(branch, (source_rank, person_id)) filter (where branch is not null) as branch,
        bool_or(is_active) as is_active
    from people
    group by manager_id
),

derived as (
    select manager_id, min(spelled_ref) as manager_name, true as is_active
    from {{ ref('int_person_references__resolved') }}
    where rule = 'unmatched' and manager_id <> 'unknown'
    group by manager_id
),

unioned as (
    select * from listed
    union all by name
    select * from derived where manager_id not in (select manager_id from listed)
),

placed as (
    select
        unioned.manager_id,
        coalesce(unioned.manager_name, unioned.manager_id) as manager_name,
        unioned.email,
        unioned.extension,
        coalesce(intervals.department_id, 'unknown') as department_id,
        departments.department_name,
        coalesce(unioned.head_name, departments.head_name) as head_name,
        coalesce(unioned.branch, departments.branch) as branch,
        coalesce(unioned.is_active, true) as is_active
    from unioned
    left join {{ ref('int_manager_departments__intervals_built') }} as intervals
        on intervals.manager_id = unioned.manager_id and intervals.valid_to is null
    left join {{ ref('int_departments__described') }} as departments
        on departments.department_id = intervals.department_id
)

select * from placed

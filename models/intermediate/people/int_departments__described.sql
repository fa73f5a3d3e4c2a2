-- One row per department: those a source lists and those that only its people name.
with

departments as (
    select * from {{ ref('int_departments__unioned') }}
),

heads as (
    select
        people.origin, people.person_ref, people.spelled_ref, people.rule, people.manager_id,
        arg_min(records.person_name, (records.source_rank, records.person_id))
            filter (where records.person_name is not null) as person_name
    from {{ ref('int_person_references__resolved') }} as people
    left join {{ ref('int_people__identities_merged') }} as merged using (manager_id)
    left join {{ ref('int_people__unioned') }} as records on records.person_id = merged.person_id
    group by all
),

listed as (
    select
        departments.department_id,
        coalesce(departments.department_name, departments.source_department_id) as department_name,
        departments.origin || ':' || departments.parent_ref as parent_department_id,
        case when heads.rule <> 'unmatched' then heads.manager_id end as head_manager_id,
        coalesce(heads.person_name, heads.spelled_ref) as head_name,
        departments.branch
    from departments
    left join heads on heads.origin = departments.origin and heads.person_ref = departments.head_ref
),

derived as (
    select department_id, min(spelled_ref) as department_name
    from {{ ref('int_department_references__resolved') }}
    where is_derived
    group by department_id
),

unioned as (
    select * from listed
    union all by name
    select * from derived
),

-- A parent that is not listed is no parent.
described as (
    select unioned.* replace (
        case when unioned.parent_department_id in (select department_id from listed) then unioned.parent_department_id end
            as parent_department_id
    )
    from unioned
)

select * from described

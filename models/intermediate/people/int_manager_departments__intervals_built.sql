-- One row per person and time in a department. What the first sync showed holds from ever.
with

people as (
    select people.*, merged.manager_id
    from {{ ref('int_people__unioned') }} as people
    inner join {{ ref('int_people__identities_merged') }} as merged using (person_id)
    where people.department_ref is not null
),

-- A person in several sources has the department of the CRM.
leads as (
    select manager_id, arg_min(person_id, (source_rank, person_id)) as person_id
    from people
    group by manager_id
),

versions as (
    select person_id, origin, department_ref, updated_at, _load_id, _loaded_at
    from {{ ref('int_person_versions__unioned') }}
    union all by name
    select person_id, origin, department_ref, null as updated_at, 0 as _load_id, {{ since_ever() }} as _loaded_at
    from people
    where person_id not in (select person_id from {{ ref('int_person_versions__unioned') }})
),

placed as (
    select
        leads.manager_id,
        coalesce(departments.department_id, 'unknown') as department_id,
        coalesce(versions.updated_at, versions._loaded_at) as changed_at,
        row_number() over (partition by leads.manager_id order by versions._load_id, versions._loaded_at) as position
    from leads
    inner join versions using (person_id)
    left join {{ ref('int_department_references__resolved') }} as departments
        on departments.origin = versions.origin and departments.department_ref = versions.department_ref
),

changed as (
    select *
    from placed
    qualify department_id is distinct from lag(department_id) over (partition by manager_id order by position)
),

intervals as (
    {{ intervals_of('changed', 'manager_id', 'department_id') }}
)

select * from intervals

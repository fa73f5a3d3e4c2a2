-- One row per name or id that a source writes for a department.
with

departments as (
    select * from {{ ref('int_departments__unioned') }}
),

spellings as (
    select spelling, min(canonical) as canonical
    from {{ ref('stg_workspace__spellings') }}
    where entity = 'department'
    group by spelling
),

mentioned as (
    select origin, department_ref from {{ ref('int_people__unioned') }}
    union
    select origin, department_ref from {{ ref('int_person_versions__unioned') }}
    union
    select origin, department_ref from {{ ref('int_targets__unioned') }}
),

spelled as (
    select
        mentioned.origin,
        mentioned.department_ref,
        coalesce(spellings.canonical, mentioned.department_ref) as spelled_ref
    from mentioned
    left join spellings on spellings.spelling = {{ normal('mentioned.department_ref') }}
    where mentioned.department_ref is not null
),

named as (
    select origin, 1 as rank, lower(source_department_id) as value, department_id from departments
    union all
    select origin, 2, {{ normal('department_name') }}, department_id from departments
),

anywhere as (
    select rank + 2 as rank, value, min(department_id) as department_id
    from (
        select 1 as rank, lower(department_id) as value, department_id from departments
        union all
        select 2, {{ normal('department_name') }}, department_id from departments
    )
    group by rank, value
    having count(distinct department_id) = 1
),

candidates as (
    select spelled.origin, spelled.department_ref, named.rank, named.department_id
    from spelled
    inner join named on named.origin = spelled.origin and named.value = {{ normal('spelled.spelled_ref') }}
    union all
    select spelled.origin, spelled.department_ref, anywhere.rank, anywhere.department_id
    from spelled
    inner join anywhere on anywhere.value = {{ normal('spelled.spelled_ref') }}
),

best as (
    select origin, department_ref, arg_min(department_id, (rank, department_id)) as department_id
    from candidates
    group by origin, department_ref
),

resolved as (
    select
        spelled.origin,
        spelled.department_ref,
        spelled.spelled_ref,
        coalesce(best.department_id, spelled.origin || ':' || spelled.spelled_ref) as department_id,
        best.department_id is null as is_derived
    from spelled
    left join best using (origin, department_ref)
)

select * from resolved

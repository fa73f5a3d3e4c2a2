with

intervals as (
    select manager_id, department_id, valid_from, valid_to
    from {{ ref('int_manager_departments__intervals_built') }}
)

select * from intervals

with

departments as (
    select * from {{ ref('int_departments__described') }}
),

unioned as (
    select * from departments
    union all by name
    select 'unknown' as department_id
)

select * from unioned

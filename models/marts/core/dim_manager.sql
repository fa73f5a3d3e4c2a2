with

managers as (
    select * from {{ ref('int_managers__described') }}
),

unknown as (
    select 'unknown' as manager_id, 'unknown' as department_id, false as is_active
),

unioned as (
    select * from managers
    union all by name
    select * from unknown
)

select * from unioned

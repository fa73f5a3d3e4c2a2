with

crm as (
    select
        department_id, origin, source_department_id, department_name, parent_ref, head_ref,
        cast(null as varchar) as branch
    from {{ ref('stg_bitrix24__departments') }}
),

files as (
    select department_id, origin, source_department_id, department_name, parent_ref, head_ref, branch
    from {{ ref('stg_files__departments') }}
),

unioned as (
    select * from crm
    union all by name
    select * from files
    {{ also_staged('departments', '* exclude (_load_id, _loaded_at)') }}
)

select * from unioned

with

workspace as (
    select
        target_id, 'workspace' as origin, metric, month_start, person_ref, department_ref, product_ref, lead_source_ref,
        value, version, is_current, valid_from, author, reason
    from {{ ref('stg_workspace__targets') }}
),

files as (
    select
        target_id, origin, metric, month_start, person_ref, department_ref, product_ref, lead_source_ref, value,
        1 as version, true as is_current, _loaded_at as valid_from
    from {{ ref('stg_files__targets') }}
),

unioned as (
    select * from workspace
    union all by name
    select * from files
)

select * from unioned

with

unioned as (
    select person_id, origin, department_ref, updated_at, _op, _load_id, _loaded_at
    from {{ ref('stg_bitrix24__person_versions') }}
    union all by name
    select person_id, origin, department_ref, updated_at, _op, _load_id, _loaded_at
    from {{ ref('stg_files__person_versions') }}
    {{ also_staged('person_versions', '*') }}
)

select * from unioned where _op <> 'delete'

{{ config(enabled=is_connected('sap')) }}
with

source as (
    select * from {{ source('sap', 'users') }} where not _deleted and department_id is not null
),

renamed as (
    select
        {{ source_key('source_name', 'department_id') }} as department_id,
        source_name as origin,
        department_id as source_department_id,
        coalesce({{ clean('department') }}, department_id) as department_name,
        _load_id,
        _loaded_at
    from source
    qualify row_number() over (partition by source_name, source.department_id order by changed_on desc nulls last, id) = 1
)

select * from renamed

{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select * from {{ source('salesforce', 'users') }} where not _deleted and {{ clean('department') }} is not null
),

renamed as (
    select
        {{ source_key('source_name', "trim(department)") }} as department_id,
        source_name as origin,
        trim(department) as source_department_id,
        trim(department) as department_name,
        max(_load_id) as _load_id,
        max(_loaded_at) as _loaded_at
    from source
    group by source_name, trim(department)
)

select * from renamed

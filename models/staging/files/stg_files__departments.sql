with

source as (
    select * from {{ source('files', 'departments') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(department_id)") }} as department_id,
        source_name as origin,
        trim(department_id) as source_department_id,
        {{ clean('name') }} as department_name,
        {{ clean('parent') }} as parent_ref,
        {{ clean('head') }} as head_ref,
        {{ clean('branch') }} as branch,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

with

source as (
    select * from {{ source('files', 'people') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(person_id)") }} as person_id,
        source_name as origin,
        trim(person_id) as source_person_id,
        {{ clean('name') }} as person_name,
        lower({{ clean('email') }}) as email,
        {{ clean('phone') }} as phone,
        {{ clean('extension') }} as extension,
        {{ clean('department') }} as department_ref,
        {{ clean('head') }} as head_name,
        {{ clean('branch') }} as branch,
        coalesce(is_active, true) as is_active,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

with

source as (
    select * from {{ source('files', 'people__history') }}
),

renamed as (
    select
        {{ source_key('source_name', "trim(person_id)") }} as person_id,
        source_name as origin,
        {{ clean('department') }} as department_ref,
        cast(null as timestamp) as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

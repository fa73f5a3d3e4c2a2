with

source as (
    select * from {{ source('bitrix24', 'users__history') }}
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as person_id,
        source_name as origin,
        ({{ json_list('department_ids') }})[1] as department_ref,
        timestamp_x as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

with

source as (
    select * from {{ source('bitrix24', 'users') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as person_id,
        source_name as origin,
        trim(cast(id as varchar)) as source_person_id,
        {{ clean("concat_ws(' ', name, last_name)") }} as person_name,
        lower({{ clean('email') }}) as email,
        {{ clean('inner_phone') }} as extension,
        ({{ json_list('department_ids') }})[1] as department_ref,
        coalesce(active, true) as is_active,
        timestamp_x as updated_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('comagic')) }}
with

source as (
    select * from {{ source('comagic', 'employees') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as person_id,
        source_name as origin,
        trim(cast(id as varchar)) as source_person_id,
        coalesce({{ clean('full_name') }}, {{ clean("concat_ws(' ', first_name, last_name)") }}) as person_name,
        lower({{ clean('email') }}) as email,
        {{ clean('extension') }} as extension,
        coalesce(status <> 'inactive', true) as is_active,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

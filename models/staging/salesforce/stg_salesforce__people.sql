{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select * from {{ source('salesforce', 'users') }} where not _deleted and coalesce(user_type, 'Standard') = 'Standard'
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as person_id,
        source_name as origin,
        id as source_person_id,
        {{ clean('name') }} as person_name,
        lower({{ clean('email') }}) as email,
        {{ clean('extension') }} as extension,
        {{ clean('department') }} as department_ref,
        coalesce(is_active, true) as is_active,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

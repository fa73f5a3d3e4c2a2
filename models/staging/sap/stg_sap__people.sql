{{ config(enabled=is_connected('sap')) }}
with

source as (
    select * from {{ source('sap', 'users') }} where not _deleted and party_id is not null
),

renamed as (
    select
        {{ source_key('source_name', 'party_id') }} as person_id,
        source_name as origin,
        party_id as source_person_id,
        coalesce({{ clean('name') }}, {{ clean("concat_ws(' ', first_name, last_name)") }}) as person_name,
        lower({{ clean('email') }}) as email,
        {{ clean('phone') }} as extension,
        department_id as department_ref,
        coalesce(status not in ('3', '4', 'true'), true) as is_active,
        _load_id,
        _loaded_at
    from source
    qualify row_number() over (partition by source_name, party_id order by changed_on desc nulls last, id) = 1
)

select * from renamed

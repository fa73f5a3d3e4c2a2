{{ config(enabled=is_connected('hubspot')) }}
with

owners as (
    select * from {{ source('hubspot', 'owners') }} where not _deleted
    union all by name
    select * from {{ source('hubspot', 'archived_owners') }} where not _deleted
),

-- One who was archived a moment ago may stand in both lists.
source as (
    select * from owners
    qualify row_number() over (partition by source_name, id order by archived, _load_id desc) = 1
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as person_id,
        source_name as origin,
        id as source_person_id,
        coalesce({{ clean("concat_ws(' ', first_name, last_name)") }}, {{ clean('email') }}) as person_name,
        lower({{ clean('email') }}) as email,
        {{ crm_id('team_id') }} as department_ref,
        not coalesce(archived, false) as is_active,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

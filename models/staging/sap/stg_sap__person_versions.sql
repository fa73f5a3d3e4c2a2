{{ config(enabled=is_connected('sap')) }}
with

source as (
    select * from {{ source('sap', 'users__history') }} where party_id is not null
),

renamed as (
    select
        {{ source_key('source_name', 'party_id') }} as person_id,
        source_name as origin,
        department_id as department_ref,
        changed_on as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
    qualify row_number() over (partition by source_name, party_id, _load_id order by changed_on desc nulls last, id) = 1
)

select * from renamed

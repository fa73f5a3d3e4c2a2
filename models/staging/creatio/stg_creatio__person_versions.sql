{{ config(enabled=is_connected('creatio')) }}
with

source as (
    select * from {{ source('creatio', 'contacts__history') }}
    where (source_name, id) in (
        select (source_name, contact_id) from {{ source('creatio', 'users') }} where contact_id is not null
    )
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as person_id,
        source_name as origin,
        department_id as department_ref,
        modified_on as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

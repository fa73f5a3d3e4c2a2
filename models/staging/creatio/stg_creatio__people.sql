{{ config(enabled=is_connected('creatio')) }}
with

source as (
    select * from {{ source('creatio', 'users') }} where not _deleted and contact_id is not null and kind = 4
),

contacts as (
    select source_name, id as contact_id, name, emails, department_id from {{ source('creatio', 'contacts') }}
),

renamed as (
    select
        {{ source_key('source_name', 'contact_id') }} as person_id,
        source_name as origin,
        contact_id as source_person_id,
        coalesce({{ clean('contacts.name') }}, {{ clean('source.name') }}) as person_name,
        lower({{ json_list('contacts.emails') }}[1]) as email,
        contacts.department_id as department_ref,
        coalesce(is_active, true) as is_active,
        source._load_id,
        source._loaded_at
    from source
    left join contacts using (source_name, contact_id)
    qualify row_number() over (partition by source_name, contact_id order by is_active desc, source.id) = 1
)

select * from renamed

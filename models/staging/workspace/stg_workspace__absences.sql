with

source as (
    select * from {{ source('workspace', 'absences') }} where not _deleted
),

renamed as (
    select
        person as person_id,
        first_day,
        last_day,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

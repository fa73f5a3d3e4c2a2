with

source as (
    select * from {{ source('workspace', 'person_links') }}
    where not _deleted and {{ in_force('valid_from') }}
),

renamed as (
    select
        rule_id,
        trim(person) as person_id,
        trim(same_as) as other_person_id,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

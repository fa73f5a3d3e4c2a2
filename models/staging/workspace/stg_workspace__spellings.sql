with

source as (
    select * from {{ source('workspace', 'spellings') }}
    where not _deleted and {{ in_force('valid_from') }}
),

renamed as (
    select
        rule_id,
        entity,
        {{ normal('spelling') }} as spelling,
        trim(canonical) as canonical,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

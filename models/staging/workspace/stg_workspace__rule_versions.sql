with

source as (
    select * from {{ source('workspace', 'rule_versions') }} where not _deleted
),

renamed as (
    select
        rule_id,
        version,
        kind,
        statement,
        is_active,
        cast(valid_from as timestamp) as valid_from,
        {{ clean('author') }} as author,
        {{ clean('reason') }} as reason,
        cast(set_at as timestamp) as set_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

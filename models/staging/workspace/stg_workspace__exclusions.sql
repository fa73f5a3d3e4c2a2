with

source as (
    select * from {{ source('workspace', 'exclusions') }} where not _deleted
),

renamed as (
    select
        rule_id,
        {{ clean('source') }} as origin,
        field,
        operator,
        value,
        {{ clean('reason') }} as reason,
        cast(valid_from as timestamp) as valid_from,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

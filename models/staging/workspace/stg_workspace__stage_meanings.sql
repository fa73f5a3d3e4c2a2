with

source as (
    select * from {{ source('workspace', 'stage_meanings') }} where not _deleted
),

renamed as (
    select
        rule_id,
        {{ clean('source') }} as origin,
        {{ clean('pipeline') }} as pipeline_ref,
        {{ clean('stage') }} as stage_ref,
        meaning,
        stage_order,
        cast(valid_from as timestamp) as valid_from,
        {{ clean('reason') }} as reason,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

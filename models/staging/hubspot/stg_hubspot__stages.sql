{{ config(enabled=is_connected('hubspot')) }}
with

source as (
    select * from {{ source('hubspot', 'stages') }} where not _deleted
),

renamed as (
    select
        source_name as origin,
        pipeline_id as pipeline_ref,
        id as stage_ref,
        {{ clean('label') }} as stage_name,
        {{ clean('pipeline_label') }} as pipeline_name,
        display_order as sort_order,
        case when is_closed and probability >= 1 then 'won' when is_closed then 'lost' else 'open' end as meaning_word,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

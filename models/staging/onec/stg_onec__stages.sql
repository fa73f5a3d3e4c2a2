{{ config(enabled=is_connected('onec')) }}
with

source as (
    select * from {{ source('onec', 'stages') }} where not _deleted and not coalesce(deletion_mark, false)
),

pipelines as (
    select source_name, id as pipeline_id, name from {{ source('onec', 'pipelines') }} where not _deleted
),

renamed as (
    select
        source.source_name as origin,
        coalesce(source.pipeline_id, '0') as pipeline_ref,
        source.id as stage_ref,
        {{ clean('source.name') }} as stage_name,
        coalesce({{ clean('pipelines.name') }}, '1C') as pipeline_name,
        source.sort as sort_order,
        cast(null as varchar) as meaning_word,
        source._load_id,
        source._loaded_at
    from source
    left join pipelines using (source_name, pipeline_id)
)

select * from renamed

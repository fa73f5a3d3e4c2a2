{{ config(enabled=is_connected('amocrm')) }}
with

source as (
    select * from {{ source('amocrm', 'stages') }} where not _deleted
),

pipelines as (
    select source_name, id as pipeline_id, name as pipeline_name from {{ source('amocrm', 'pipelines') }} where not _deleted
),

renamed as (
    select
        source.source_name as origin,
        source.pipeline_id as pipeline_ref,
        source.id as stage_ref,
        {{ clean('source.name') }} as stage_name,
        {{ clean('pipelines.pipeline_name') }} as pipeline_name,
        source.sort as sort_order,
        case source.id when '142' then 'won' when '143' then 'lost' else 'open' end as meaning_word,
        source._load_id,
        source._loaded_at
    from source
    left join pipelines using (source_name, pipeline_id)
)

select * from renamed

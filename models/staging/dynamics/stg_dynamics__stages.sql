{{ config(enabled=is_connected('dynamics')) }}
with

pipelines as (
    select source_name, id, {{ clean('name') }} as pipeline_name, _load_id, _loaded_at
    from {{ source('dynamics', 'pipelines') }}
    where not _deleted and entity = 'opportunity'
    union all by name
    select distinct source_name, 'none' as id, 'Opportunities' as pipeline_name, 0 as _load_id
    from {{ source('dynamics', 'deals') }}
),

own as (
    select
        stages.source_name as origin,
        pipelines.id as pipeline_ref,
        stages.id as stage_ref,
        {{ clean('stages.name') }} as stage_name,
        pipelines.pipeline_name,
        stages.category as sort_order,
        'open' as meaning_word,
        stages._load_id,
        stages._loaded_at
    from {{ source('dynamics', 'stages') }} as stages
    inner join pipelines on pipelines.source_name = stages.source_name and pipelines.id = stages.pipeline_id
    where not stages._deleted
),

outcomes as (
    select
        pipelines.source_name as origin,
        pipelines.id as pipeline_ref,
        outcome.stage_ref,
        outcome.stage_name,
        pipelines.pipeline_name,
        outcome.sort_order,
        outcome.stage_ref as meaning_word,
        pipelines._load_id,
        pipelines._loaded_at
    from pipelines
    cross join (values ('won', 'Won', 1000), ('lost', 'Lost', 1001)) as outcome(stage_ref, stage_name, sort_order)
),

unioned as (
    select * from own
    union all by name
    select * from outcomes
)

select * from unioned

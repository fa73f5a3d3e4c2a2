{{ config(enabled=is_connected('zoho')) }}
with

-- Deals name their pipeline by its name, and none where there is one alone.
stages as (
    select distinct on (source_name, pipeline, stage) source_name, pipeline, stage, pipeline_id, is_default
    from {{ source('zoho', 'stages') }}
    where not _deleted
    order by source_name, pipeline, stage, pipeline_id
),

source as (
    select history.*, coalesce(stages.pipeline_id, history.pipeline, 'default') as pipeline_ref, history.stage as stage_ref
    from {{ source('zoho', 'stage_history') }} as history
    left join stages
        on stages.source_name = history.source_name and stages.stage = history.stage
        and (stages.pipeline = history.pipeline or (history.pipeline is null and stages.is_default))
)

{{ usual_stage_moves('source') }}

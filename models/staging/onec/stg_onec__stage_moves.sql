{{ config(enabled=is_connected('onec')) }}
with

source as (
    select * from {{ source('onec', 'stage_history') }} where not _deleted
),

stages as (
    select source_name, id as stage_id, pipeline_id from {{ source('onec', 'stages') }}
),

registered as (
    select
        {{ source_key('source_name', 'md5(source.key)') }} as stage_event_id,
        source_name as origin,
        {{ source_key('source_name', 'source.deal_id') }} as deal_id,
        coalesce(stages.pipeline_id, '0') as pipeline_ref,
        stage_id as stage_ref,
        source.entered_at,
        row_number() over (partition by source_name, source.deal_id order by source.entered_at, source.key) as position,
        source._load_id,
        source._loaded_at
    from source
    left join stages using (source_name, stage_id)
),

versions as (
    select
        source_name, id, coalesce(pipeline_id, '0') as pipeline_ref, stage_id as stage_ref, date as created_at,
        cast(null as timestamp) as changed_at, cast(null as timestamp) as stage_since, _op, _load_id, _loaded_at
    from {{ source('onec', 'deals__history') }}
    where source_name not in (select source_name from source)
),

seen as (
    {{ moves_of_versions('versions') }}
),

unioned as (
    select * from registered
    union all by name
    select * from seen
)

select * from unioned

{{ config(enabled=is_connected('sap')) }}
with

source as (
    select * from {{ source('sap', 'deals') }} where not _deleted
),

phases as (
    select
        source_name as origin,
        coalesce({{ clean('pipeline_id') }}, '0') as pipeline_ref,
        {{ clean('stage_id') }} as stage_ref,
        coalesce(arg_max({{ clean('stage') }}, changed_on), any_value(stage_id)) as stage_name,
        coalesce(arg_max({{ clean('pipeline') }}, changed_on), any_value(pipeline_id), 'Opportunities') as pipeline_name,
        coalesce(try_cast(any_value(stage_id) as integer), 0) as sort_order,
        'open' as meaning_word,
        max(_load_id) as _load_id,
        max(_loaded_at) as _loaded_at
    from source
    where {{ clean('stage_id') }} is not null
    group by source_name, coalesce({{ clean('pipeline_id') }}, '0'), {{ clean('stage_id') }}
),

outcomes as (
    select
        pipelines.origin,
        pipelines.pipeline_ref,
        outcome.stage_ref,
        outcome.stage_name,
        pipelines.pipeline_name,
        outcome.sort_order,
        outcome.meaning as meaning_word,
        pipelines._load_id,
        pipelines._loaded_at
    from (select distinct on (origin, pipeline_ref) * from phases order by origin, pipeline_ref, stage_ref) as pipelines
    cross join (
        values ('won', 'Won', 10000, 'won'), ('lost', 'Lost', 10001, 'lost'), ('stopped', 'Stopped', 10002, 'lost')
    ) as outcome(stage_ref, stage_name, sort_order, meaning)
),

unioned as (
    select * from phases
    union all by name
    select * from outcomes
)

select * from unioned

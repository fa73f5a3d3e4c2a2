-- One row per stage as deals and moves write it: which stage it is, whatever the version of its pipeline.
with

mentions as (
    select * from {{ ref('int_stage_mentions__collected') }}
),

stages as (
    select * from {{ ref('int_stages__unioned') }}
),

candidates as (
    select mentions.origin, mentions.pipeline_ref, mentions.stage_ref, stages.stage_id,
        case
            when stages.stage_ref = mentions.stage_ref then 1
            when stages.alias = mentions.stage_ref then 2
            else 3
        end as rank
    from mentions
    inner join stages
        on stages.origin = mentions.origin
        and stages.pipeline_ref = mentions.pipeline_ref
        and (
            stages.stage_ref = mentions.stage_ref
            or stages.alias = mentions.stage_ref
            or {{ normal('stages.stage_name') }} = {{ normal('mentions.stage_ref') }}
        )
),

resolved as (
    select origin, pipeline_ref, stage_ref, arg_min(stage_id, (rank, stage_id)) as base_stage_id
    from candidates
    group by origin, pipeline_ref, stage_ref
)

select * from resolved

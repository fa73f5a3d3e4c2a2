with

declared as (
    select
        stages.origin, stages.pipeline_ref, stages.stage_ref,
        coalesce(stages.stage_name, stages.stage_ref) as stage_name,
        coalesce(pipelines.pipeline_name, 'Pipeline ' || stages.pipeline_ref) as pipeline_name,
        stages.sort_order, stages.meaning_word as declared_meaning,
        cast(null as varchar) as alias
    from {{ ref('stg_bitrix24__stages') }} as stages
    left join {{ ref('stg_bitrix24__pipelines') }} as pipelines using (origin, pipeline_ref)
    where stages.entity_id = 'DEAL_STAGE' or stages.entity_id like 'DEAL\_STAGE\_%' escape '\'
    union all by name
    select
        stages.origin, stages.pipeline_ref, stages.stage_ref, stages.stage_name,
        stages.pipeline_ref as pipeline_name, stages.sort_order,
        words.meaning as declared_meaning, stages.source_stage_id as alias
    from {{ ref('stg_files__stages') }} as stages
    left join {{ ref('status_words') }} as words on words.word = {{ normal('stages.meaning_word') }}
    {{ also_staged('stages', 'origin, pipeline_ref, stage_ref, stage_name, pipeline_name, sort_order, meaning_word as declared_meaning') }}
),

undeclared as (
    select
        mentions.origin, mentions.pipeline_ref, mentions.stage_ref, mentions.stage_ref as stage_name,
        coalesce(pipelines.pipeline_name, mentions.pipeline_ref) as pipeline_name,
        cast(null as integer) as sort_order,
        coalesce(mentions.implied_meaning, words.meaning) as declared_meaning,
        cast(null as varchar) as alias
    from {{ ref('int_stage_mentions__collected') }} as mentions
    left join {{ ref('stg_bitrix24__pipelines') }} as pipelines using (origin, pipeline_ref)
    left join {{ ref('status_words') }} as words on words.word = {{ normal('mentions.stage_ref') }}
    where not exists (
        select 1 from declared
        where declared.origin = mentions.origin
            and declared.pipeline_ref = mentions.pipeline_ref
            and (
                declared.stage_ref = mentions.stage_ref
                or declared.alias = mentions.stage_ref
                or {{ normal('declared.stage_name') }} = {{ normal('mentions.stage_ref') }}
            )
    )
),

unioned as (
    select * from declared
    union all by name
    select * from undeclared
),

keyed as (
    select
        origin || ':' || pipeline_ref || ':' || stage_ref as stage_id,
        origin || ':' || pipeline_ref as pipeline_id,
        *
    from unioned
    qualify row_number() over (partition by origin, pipeline_ref, stage_ref order by sort_order) = 1
)

select * from keyed

-- One row per stage and version of its pipeline: its meaning by rule, else by source, and its place.
with

stages as (
    select * from {{ ref('int_stages__unioned') }}
),

rules as (
    select
        stages.stage_id,
        arg_max(rules.meaning, (rules.origin is not null, rules.pipeline_ref is not null, rules.valid_from, rules.rule_id))
            as meaning,
        arg_max(
            rules.stage_order, (rules.origin is not null, rules.pipeline_ref is not null, rules.valid_from, rules.rule_id)
        ) as stage_order
    from stages
    inner join {{ ref('stg_workspace__stage_meanings') }} as rules
        on {{ normal('rules.stage_ref') }} in (
            {{ normal('stages.stage_ref') }}, {{ normal('stages.stage_name') }}, {{ normal('stages.alias') }}
        )
        and (rules.origin is null or rules.origin = stages.origin)
        and (
            rules.pipeline_ref is null
            or {{ normal('rules.pipeline_ref') }} in (
                {{ normal('stages.pipeline_ref') }}, {{ normal('stages.pipeline_name') }}
            )
        )
    where rules.valid_from is null or rules.valid_from <= cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}' as timestamp)
    group by stages.stage_id
),

versioned as (
    select
        stages.* exclude (sort_order),
        coalesce(versions.sort_order, stages.sort_order) as sort_order,
        coalesce(versions.pipeline_version, 1) as pipeline_version,
        coalesce(versions.valid_from, {{ since_ever() }}) as valid_from,
        case when versions.pipeline_id is null then first_versions.valid_to else versions.valid_to end as valid_to
    from stages
    left join {{ ref('int_pipeline_versions__found') }} as versions
        on versions.pipeline_id = stages.pipeline_id and versions.stage_ref = stages.stage_ref
    left join (
        select distinct pipeline_id, valid_to from {{ ref('int_pipeline_versions__found') }} where pipeline_version = 1
    ) as first_versions on first_versions.pipeline_id = stages.pipeline_id
),

meant as (
    select
        stages.*,
        coalesce(rules.meaning, stages.declared_meaning, 'open') as meaning,
        case
            when rules.meaning is not null then 'rule'
            when stages.declared_meaning is not null then 'source'
            else 'default'
        end as meaning_from,
        coalesce(rules.stage_order, stages.sort_order) as wished_order
    from versioned as stages
    left join rules using (stage_id)
),

-- The first version has the plain id. Deals created before a stage existed find it in its first version.
ordered as (
    select
        * replace (stage_id || case when pipeline_version > 1 then '@' || pipeline_version else '' end as stage_id),
        stage_id as base_stage_id,
        case when row_number() over stage = 1 then {{ since_ever() }} else valid_from end as holds_from,
        coalesce(lead(valid_from) over stage, cast('infinity' as timestamp)) as holds_to,
        cast(row_number() over (
            partition by pipeline_id, pipeline_version
            order by
                case meaning when 'won' then 2 when 'lost' then 3 when 'ignore' then 4 else 1 end,
                wished_order nulls last,
                case meaning when 'qualified' then 2 else 1 end,
                stage_name,
                stage_id
        ) as integer) as stage_order,
        meaning in ('open', 'qualified', 'won') as is_funnel
    from meant
    window stage as (partition by stage_id order by pipeline_version)
)

select * from ordered

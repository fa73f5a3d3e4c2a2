-- One row per stage: its meaning by rule, else by source, and its place in its pipeline.
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
    from stages
    left join rules using (stage_id)
),

ordered as (
    select
        *,
        cast(row_number() over (
            partition by pipeline_id
            order by
                case meaning when 'won' then 2 when 'lost' then 3 when 'ignore' then 4 else 1 end,
                wished_order nulls last,
                case meaning when 'qualified' then 2 else 1 end,
                stage_name,
                stage_id
        ) as integer) as stage_order,
        meaning in ('open', 'qualified', 'won') as is_funnel
    from meant
)

select * from ordered

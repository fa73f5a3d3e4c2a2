-- One row per deal: its stage, outcome, and the moment of it, by the company's own meaning of a sale. A record that
-- names no stage stands in the last one of its history.
with

deals as (
    select
        *,
        origin || ':' || pipeline_ref as pipeline_id,
        coalesce(created_at, cast('9999-12-31' as timestamp)) as judged_at
    from {{ ref('int_deals__unioned') }}
),

settings as (
    select sale_counts from {{ ref('stg_workspace__company_settings') }}
),

meant as (
    select
        deals.* exclude (paid_at),
        {{ payment_marks('deals', 'deals.amount', 'payments') }},
        coalesce(versions.pipeline_version, 1) as pipeline_version,
        coalesce(stages.stage_id, paths.last_stage_id, 'unknown') as stage_id,
        case when stages.meaning_from = 'rule' then stages.meaning
            else coalesce(words.meaning, stages.meaning, paths.last_meaning, 'open') end as meaning,
        coalesce(paths.furthest_stage_order, case when stages.stage_id is not null then 1 end)
            as furthest_stage_order,
        coalesce(paths.strict_stage_order, 0) as strict_stage_order,
        coalesce(paths.reopened_count, 0) as reopened_count,
        paths.stage_entered_at,
        coalesce(
            deals.closed_at, paths.last_closed_at, deals.planned_or_closed_at, deals.moved_at
        ) as finished_at
    from deals
    left join {{ ref('int_stage_mentions__resolved') }} as mentions using (origin, pipeline_ref, stage_ref)
    left join {{ ref('int_stages__ordered') }} as stages
        on stages.base_stage_id = mentions.base_stage_id
        and deals.judged_at >= stages.holds_from
        and deals.judged_at < stages.holds_to
    left join {{ ref('int_pipelines__versioned') }} as versions
        on versions.pipeline_id = deals.pipeline_id
        and deals.judged_at >= versions.valid_from
        and (versions.valid_to is null or deals.judged_at < versions.valid_to)
    left join {{ ref('status_words') }} as words on words.word = {{ normal('deals.status_word') }}
    left join {{ ref('int_deal_paths__measured') }} as paths on paths.deal_id = deals.deal_id
    left join {{ ref('int_deal_payments__summed') }} as payments on payments.deal_id = deals.deal_id
),

judged as (
    select meant.*, {{ status_of('meant', 'settings') }} as status
    from meant
    cross join settings
),

closed as (
    select
        judged.* exclude (closed_at, finished_at, planned_or_closed_at),
        {{ closed_at_of('judged', 'settings') }} as closed_at
    from judged
    cross join settings
)

select * from closed

-- One row per deal: its stage, outcome, and the moment of it, by the company's own meaning of a sale.
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
        deals.*,
        coalesce(versions.pipeline_version, 1) as pipeline_version,
        coalesce(stages.stage_id, 'unknown') as stage_id,
        case when stages.meaning_from = 'rule' then stages.meaning
            else coalesce(words.meaning, stages.meaning, 'open') end as meaning,
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
),

-- A won deal of a company that counts paid (or completed) sales is open until it is paid (or completed).
sold as (
    select
        meant.*,
        case
            when meaning <> 'won' then null
            when settings.sale_counts = 'paid' then meant.paid_at
            when settings.sale_counts = 'completed' then meant.completed_at
            else finished_at
        end as sold_at,
        meaning = 'won' and (
            settings.sale_counts not in ('paid', 'completed')
            or settings.sale_counts = 'paid' and meant.paid_at is not null
            or settings.sale_counts = 'completed' and meant.completed_at is not null
        ) as is_sold
    from meant
    cross join settings
),

closed as (
    select
        * exclude (closed_at, finished_at, sold_at, is_sold, planned_or_closed_at),
        case
            when meaning = 'ignore' then 'ignored'
            when meaning = 'lost' then 'lost'
            when is_sold then 'won'
            else 'open'
        end as status,
        case when is_sold then sold_at when meaning = 'lost' then finished_at end as closed_at
    from sold
)

select * from closed

-- One row per deal that has a stay: how far it came, how often it was reopened, when it last closed.
with

stays as (
    select stays.*, deals.pipeline_id as deal_pipeline_id
    from {{ ref('int_stage_events__intervals_built') }} as stays
    inner join (
        select deal_id, origin || ':' || pipeline_ref as pipeline_id from {{ ref('int_deals__unioned') }}
    ) as deals using (deal_id)
),

measured as (
    select
        deal_id,
        max(case when is_funnel and pipeline_id = deal_pipeline_id then stage_order end) as furthest_stage_order,
        cast(count(*) filter (where is_reopen) as integer) as reopened_count,
        arg_max(entered_at, stay_number) as stage_entered_at,
        arg_max(stage_id, stay_number) filter (where entered_at is not null) as last_stage_id,
        arg_max(meaning, stay_number) filter (where entered_at is not null) as last_meaning,
        arg_max(case when meaning in ('won', 'lost') then entered_at end, stay_number) as last_closed_at,
        list(stage_order order by stay_number)
            filter (where is_funnel and pipeline_id = deal_pipeline_id) as path
    from stays
    group by deal_id
),

-- How many stages, from the first, the deal entered in their order.
stepped as (
    select
        *,
        cast(coalesce(
            list_reduce(path, lambda step, stage_order: case when stage_order = step + 1 then stage_order else step end, 0),
            0
        ) as integer) as strict_stage_order
    from measured
)

select * from stepped

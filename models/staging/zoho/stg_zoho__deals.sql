{{ config(enabled=is_connected('zoho')) }}
with

stages as (
    select distinct on (source_name, pipeline, stage) source_name, pipeline, stage, pipeline_id, is_default, forecast
    from {{ source('zoho', 'stages') }}
    where not _deleted
    order by source_name, pipeline, stage, pipeline_id
),

entries as (
    select source_name, deal_id, stage, max(entered_at) as entered_at
    from {{ source('zoho', 'stage_history') }}
    where not _deleted
    group by all
),

source as (
    select
        deals.*,
        coalesce(stages.pipeline_id, deals.pipeline, 'default') as pipeline_ref,
        deals.stage as stage_ref,
        case stages.forecast when 'Closed Won' then 'won' when 'Closed Lost' then 'lost' else 'open' end as outcome,
        entries.entered_at as closed_at,
        deals.closing_on as close_on,
        cast(null as varchar) as product
    from {{ source('zoho', 'deals') }} as deals
    left join stages
        on stages.source_name = deals.source_name and stages.stage = deals.stage
        and (stages.pipeline = deals.pipeline or (deals.pipeline is null and stages.is_default))
    left join entries
        on entries.source_name = deals.source_name and entries.deal_id = deals.id and entries.stage = deals.stage
)

{{ usual_deals('source') }}

with

deals as (
    select
        deal_id, pipeline_id, pipeline_version, status, owner_id, department_id, owner_now_id, client_owner_id, client_department_id,
        product_id, source_id, branch, amount_company, reopened_count, timezone, strict_stage_order, furthest_stage_order, created_at,
        {{ local_time('created_at', 'timezone') }} as created_at_local
    from {{ ref('int_deals__described') }}
    where {{ in_share('deal_id') }}
),

exclusions as (
    select * from {{ ref('int_deal_exclusions__applied') }}
),

loads as (
    select max(finished_at) as known_until from {{ ref('stg_embut__loads') }}
),

stages as (
    select stage_id, pipeline_id, pipeline_version, stage_order
    from {{ ref('int_stages__ordered') }}
    where is_funnel
),

stays as (
    select
        deal_id,
        stage_id,
        min(entered_at) as entered_at,
        max(case when is_return then 1 else 0 end) = 1 as is_returned,
        sum({{ seconds_between('entered_at', 'exited_at') }}) as stay_seconds,
        sum({{ seconds_between('entered_at', 'coalesce(exited_at, greatest(known_until, entered_at))') }})
            as observed_seconds
    from {{ ref('int_stage_events__intervals_built') }}
    cross join loads
    where {{ in_share('deal_id') }}
    group by deal_id, stage_id
),

placed as (
    select
        deals.*,
        stages.stage_id as funnel_stage_id,
        stages.stage_order,
        stages.stage_order <= deals.strict_stage_order as is_strict,
        stays.deal_id is not null as is_visited,
        coalesce(stages.stage_order <= deals.furthest_stage_order, false) as is_reached,
        coalesce(deals.furthest_stage_order > stages.stage_order, false) as is_passed,
        coalesce(stays.is_returned, false) as is_returned,
        stays.stay_seconds,
        stays.observed_seconds,
        stays.entered_at
    from deals
    inner join stages
        on stages.pipeline_id = deals.pipeline_id and stages.pipeline_version = deals.pipeline_version
    left join stays on stays.deal_id = deals.deal_id and stays.stage_id = stages.stage_id
),

-- Of the deals that reached a stage each is advanced, open or lost there, and only one of them.
final as (
    select
        placed.deal_id || ':' || placed.stage_order as deal_stage_id,
        placed.deal_id,
        placed.pipeline_id,
        placed.funnel_stage_id as stage_id,
        placed.stage_order,
        placed.pipeline_version,
        placed.owner_id,
        placed.department_id,
        placed.owner_now_id,
        placed.client_owner_id,
        placed.client_department_id,
        placed.product_id,
        placed.source_id,
        placed.branch,
        placed.is_strict,
        placed.is_visited,
        placed.is_reached,
        placed.is_returned,
        placed.is_reached and (placed.is_passed or placed.status = 'won') as is_advanced,
        placed.is_reached and not placed.is_passed and placed.status = 'open' as is_open,
        placed.is_reached and not placed.is_passed and placed.status = 'lost' as is_lost,
        exclusions.deal_id is not null as is_excluded,
        placed.reopened_count > 0 as is_reopened,
        cast(placed.stay_seconds as bigint) as stay_seconds,
        cast(placed.observed_seconds as bigint) as observed_seconds,
        cast(placed.amount_company as decimal(18, 2)) as amount_company,
        placed.created_at as deal_created_at,
        placed.created_at_local as deal_created_at_local,
        placed.entered_at,
        {{ local_time('placed.entered_at', 'placed.timezone') }} as entered_at_local
    from placed
    left join exclusions using (deal_id)
)

select * from final
order by deal_created_at_local

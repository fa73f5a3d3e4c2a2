with

stays as (
    select deal_stages.*
    from {{ ref('fct_deal_stages') }} as deal_stages
    inner join {{ ref('dim_stage') }} as stages using (stage_id)
    where deal_stages.is_visited and not deal_stages.is_excluded and deal_stages.observed_seconds is not null
        and stages.meaning <> 'won'
),

-- For the company, for each department and for each person; hours are fine enough and keep equal times together.
sliced as (
    select 'company' as slice, 'unknown' as owner_id, 'unknown' as department_id, stage_id, stage_order,
        observed_seconds // 3600 as hours, is_advanced, is_lost
    from stays
    union all
    select 'department', 'unknown', department_id, stage_id, stage_order, observed_seconds // 3600, is_advanced, is_lost
    from stays
    where department_id <> 'unknown'
    union all
    select 'person', owner_id, department_id, stage_id, stage_order, observed_seconds // 3600, is_advanced, is_lost
    from stays
    where owner_id <> 'unknown'
),

times as (
    select
        slice, owner_id, department_id, stage_id, stage_order, hours,
        count(*) as ended_count,
        count(*) filter (where is_advanced) as advanced_count,
        count(*) filter (where is_lost) as lost_count
    from sliced
    group by all
),

at_risk as (
    select *, sum(ended_count) over (partition by slice, owner_id, department_id, stage_id order by hours desc) as risk_count
    from times
),

-- Kaplan–Meier: the share still in the stage; a stay that lasts leaves the count without an event.
surviving as (
    select *, product(1 - (advanced_count + lost_count) * 1.0 / risk_count) over so_far as survival
    from at_risk
    window so_far as (partition by slice, owner_id, department_id, stage_id order by hours)
),

-- Aalen–Johansen: advancing and losing compete, so neither curve is one minus the other's survival.
competing as (
    select
        *,
        sum(survival_before * advanced_count / risk_count) over so_far as advanced_share,
        sum(survival_before * lost_count / risk_count) over so_far as lost_share,
        min(case when survival <= 0.5 then hours end) over curve / 24.0 as median_days,
        sum(ended_count) over curve as deals_count,
        sum(advanced_count + lost_count) over curve as left_count
    from (
        select *, coalesce(lag(survival) over (
            partition by slice, owner_id, department_id, stage_id order by hours
        ), 1) as survival_before
        from surviving
    ) as survived
    window
        so_far as (partition by slice, owner_id, department_id, stage_id order by hours),
        curve as (partition by slice, owner_id, department_id, stage_id)
),

curves as (
    select distinct slice, owner_id, department_id, stage_id, stage_order, median_days, deals_count, left_count
    from competing
),

days as (
    select unnest([0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365]) as day
),

final as (
    select
        concat_ws(':', curves.slice, curves.owner_id, curves.department_id, curves.stage_id, curves.day) as stage_time_id,
        curves.slice,
        curves.owner_id,
        curves.department_id,
        curves.stage_id,
        curves.stage_order,
        cast(curves.day as integer) as day,
        cast(curves.deals_count as integer) as deals_count,
        cast(curves.left_count as integer) as left_count,
        cast(coalesce(competing.survival, 1) as double) as survival,
        cast(coalesce(competing.advanced_share, 0) as double) as advanced_share,
        cast(coalesce(competing.lost_share, 0) as double) as lost_share,
        cast(curves.median_days as double) as median_days
    from (select curves.*, days.day, days.day * 24 as hours from curves cross join days) as curves
    asof left join competing
        on competing.slice = curves.slice and competing.owner_id = curves.owner_id
        and competing.department_id = curves.department_id and competing.stage_id = curves.stage_id
        and curves.hours >= competing.hours
)

select * from final

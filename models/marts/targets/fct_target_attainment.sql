with

results as (
    select 'won_amount' as metric, date_trunc('month', won_at_local) as month_start, owner_id,
        sum(amount_company) as actual_value
    from {{ ref('fct_deals') }}
    where is_won and not is_excluded and won_at_local is not null
    group by date_trunc('month', won_at_local), owner_id
    union all
    select 'won_count', date_trunc('month', won_at_local), owner_id, count(*)
    from {{ ref('fct_deals') }}
    where is_won and not is_excluded and won_at_local is not null
    group by date_trunc('month', won_at_local), owner_id
    union all
    select 'calls', date_trunc('month', started_at_local), owner_id, count(*)
    from {{ ref('fct_calls') }}
    where started_at_local is not null
    group by date_trunc('month', started_at_local), owner_id
),

-- Targets for one product or lead source stay in fct_targets: this table has no such grain.
current_targets as (
    select metric, month_start, owner_id, department_id, value
    from {{ ref('fct_targets') }}
    where is_current and product_id is null and source_id is null
),

person_targets as (
    select metric, month_start, owner_id, sum(value) as target_value
    from current_targets
    where owner_id is not null
    group by metric, month_start, owner_id
),

beside as (
    select
        coalesce(results.metric, person_targets.metric) as metric,
        cast(coalesce(results.month_start, person_targets.month_start) as timestamp) as month_start,
        coalesce(results.owner_id, person_targets.owner_id) as owner_id,
        person_targets.target_value,
        coalesce(results.actual_value, 0) as actual_value
    from results
    full outer join person_targets
        on person_targets.metric = results.metric
        and cast(person_targets.month_start as timestamp) = results.month_start
        and person_targets.owner_id = results.owner_id
),

people as (
    select
        beside.metric || ':' || strftime(beside.month_start, '%Y-%m') || ':' || beside.owner_id as attainment_id,
        beside.metric,
        beside.month_start,
        beside.owner_id,
        coalesce(departments.department_id, 'unknown') as department_id,
        beside.target_value,
        beside.actual_value
    from beside
    left join {{ ref('dim_manager_department') }} as departments
        on departments.manager_id = beside.owner_id
        and beside.month_start + interval 1 month > departments.valid_from
        and (departments.valid_to is null or beside.month_start + interval 1 month <= departments.valid_to)
),

shared_out as (
    select metric, month_start, department_id, sum(target_value) as target_value
    from people
    group by metric, month_start, department_id
),

-- A department's own target holds for the whole of it: only what its people do not have yet stands beside theirs.
departments as (
    select
        targets.metric || ':' || strftime(targets.month_start, '%Y-%m') || ':department:' || targets.department_id
            as attainment_id,
        targets.metric,
        cast(targets.month_start as timestamp) as month_start,
        'unknown' as owner_id,
        targets.department_id,
        greatest(sum(targets.value) - coalesce(max(shared_out.target_value), 0), 0) as target_value,
        0 as actual_value
    from current_targets as targets
    left join shared_out
        on shared_out.metric = targets.metric
        and shared_out.month_start = cast(targets.month_start as timestamp)
        and shared_out.department_id = targets.department_id
    where targets.owner_id is null and targets.department_id is not null
    group by targets.metric, targets.month_start, targets.department_id
),

unioned as (
    select * from people
    union all by name
    select * from departments
),

final as (
    select * replace (
        cast(target_value as decimal(18, 2)) as target_value,
        cast(actual_value as decimal(18, 2)) as actual_value
    )
    from unioned
)

select * from final

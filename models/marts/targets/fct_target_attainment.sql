with

results as (
    select 'won_amount' as metric, date_trunc('month', won_at_local) as month_start, owner_id,
        amount_company as actual_value, 0 as open_value
    from {{ ref('fct_deals') }}
    where is_won and not is_excluded and won_at_local is not null
    union all
    select 'won_count', date_trunc('month', won_at_local), owner_id, 1, 0
    from {{ ref('fct_deals') }}
    where is_won and not is_excluded and won_at_local is not null
    union all
    select 'calls', date_trunc('month', started_at_local), owner_id, 1, 0
    from {{ ref('fct_calls') }}
    where started_at_local is not null
    union all
    select 'won_amount', date_trunc('month', expected_close_on), owner_id, 0, amount_company
    from {{ ref('fct_deals') }}
    where is_open and not is_excluded and expected_close_on is not null and amount_company is not null
),

measured as (
    select metric, month_start, owner_id, sum(actual_value) as actual_value, sum(open_value) as open_value
    from results
    group by metric, month_start, owner_id
),

work_months as (
    select * from {{ ref('int_work_months__counted') }}
),

-- Targets for one product or lead source stay in fct_targets: this table has no such grain.
planned as (
    select metric, month_start, owner_id, department_id, value, is_current, is_original
    from {{ ref('fct_targets') }}
    where (is_current or is_original) and product_id is null and source_id is null
),

person_targets as (
    select metric, month_start, owner_id, sum(value) filter (where is_current) as target_value,
        sum(value) filter (where is_original) as original_value
    from planned
    where owner_id is not null
    group by metric, month_start, owner_id
),

beside as (
    select
        coalesce(measured.metric, person_targets.metric) as metric,
        cast(coalesce(measured.month_start, person_targets.month_start) as timestamp) as month_start,
        coalesce(measured.owner_id, person_targets.owner_id) as owner_id,
        person_targets.target_value,
        person_targets.original_value,
        coalesce(measured.open_value, 0) as open_value,
        coalesce(measured.actual_value, 0) as actual_value
    from measured
    full outer join person_targets
        on person_targets.metric = measured.metric
        and cast(person_targets.month_start as timestamp) = measured.month_start
        and person_targets.owner_id = measured.owner_id
),

people as (
    select
        beside.metric || ':' || strftime(beside.month_start, '%Y-%m') || ':' || beside.owner_id as attainment_id,
        beside.metric,
        beside.month_start,
        beside.owner_id,
        coalesce(departments.department_id, 'unknown') as department_id,
        beside.target_value,
        beside.original_value,
        beside.actual_value,
        beside.open_value
    from beside
    left join {{ ref('dim_manager_department') }} as departments
        on departments.manager_id = beside.owner_id
        and beside.month_start + interval 1 month > departments.valid_from
        and (departments.valid_to is null or beside.month_start + interval 1 month <= departments.valid_to)
),

shared_out as (
    select metric, month_start, department_id, sum(target_value) as target_value, sum(original_value) as original_value
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
        case when bool_or(targets.is_current) then greatest(sum(targets.value) filter (where targets.is_current)
            - coalesce(max(shared_out.target_value), 0), 0) end as target_value,
        case when bool_or(targets.is_original) then greatest(sum(targets.value) filter (where targets.is_original)
            - coalesce(max(shared_out.original_value), 0), 0) end as original_value,
        0 as actual_value,
        0 as open_value
    from planned as targets
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

-- On the working days of the department, without those on which the person is away.
paced as (
    select
        unioned.*,
        coalesce(own.working_days, team.working_days) as working_days,
        coalesce(own.elapsed_days, team.elapsed_days) as elapsed_days
    from unioned
    left join {{ ref('int_department_calendars__resolved') }} as calendars using (department_id)
    left join work_months as team
        on team.calendar_id = coalesce(calendars.calendar_id, 'company')
        and team.month_start = cast(unioned.month_start as date) and team.manager_id = 'unknown'
    left join work_months as own
        on own.calendar_id = team.calendar_id and own.month_start = team.month_start
        and own.manager_id = unioned.owner_id
),

final as (
    select
        attainment_id,
        metric,
        month_start,
        owner_id,
        department_id,
        cast(target_value as decimal(18, 2)) as target_value,
        cast(original_value as decimal(18, 2)) as original_value,
        cast(actual_value as decimal(18, 2)) as actual_value,
        cast(open_value as decimal(18, 2)) as open_value,
        cast(target_value * elapsed_days / nullif(working_days, 0) as decimal(18, 2)) as expected_value,
        cast(actual_value * working_days / nullif(elapsed_days, 0) as decimal(18, 2)) as projected_value,
        cast(case when target_value is not null then greatest(target_value - actual_value, 0) end
            / nullif(working_days - elapsed_days, 0) as decimal(18, 2)) as required_per_day,
        cast(working_days as integer) as working_days,
        cast(elapsed_days as integer) as elapsed_days
    from paced
)

select * from final

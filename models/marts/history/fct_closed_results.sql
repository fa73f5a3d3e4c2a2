with

kept as (
    select * from {{ ref('stg_embut__closed_results') }}
),

months as (
    select month_start, closed_at from kept where kind = 'month'
),

results_then as (
    select * exclude (closed_at) from kept where kind <> 'month'
),

results_now as (
    select
        months.month_start, 'deal' as kind, deals.deal_id as record_id, cast(null as varchar) as metric, deals.status,
        deals.amount_company as "value", cast(null as decimal(18, 2)) as "result", deals.owner_id, deals.department_id
    from {{ ref('fct_deals') }} as deals
    inner join months on months.month_start = date_trunc('month', deals.closed_at_local)
    where deals.status in ('won', 'lost') and not deals.is_excluded
    union all by name
    select
        months.month_start, 'target' as kind, targets.attainment_id as record_id, targets.metric,
        targets.target_value as "value", targets.actual_value as "result", targets.owner_id, targets.department_id
    from {{ ref('fct_target_attainment') }} as targets
    inner join months using (month_start)
),

beside as (
    select
        coalesce(results_then.month_start, results_now.month_start) as month_start,
        coalesce(results_then.kind, results_now.kind) as kind,
        coalesce(results_then.record_id, results_now.record_id) as record_id,
        coalesce(results_then.metric, results_now.metric) as metric,
        results_then.record_id is not null as was_there,
        results_now.record_id is not null as is_there,
        results_then.status as status_then,
        results_now.status as status_now,
        results_then."value" as value_then,
        results_now."value" as value_now,
        results_then."result" as result_then,
        results_now."result" as result_now,
        results_then.owner_id as owner_then_id,
        results_now.owner_id as owner_after_id,
        results_then.owner_name as owner_name_then,
        results_then.department_id as department_then_id,
        results_now.department_id as department_after_id,
        results_then.department_name as department_name_then
    from results_then
    full outer join results_now
        on results_now.month_start = results_then.month_start
        and results_now.kind = results_then.kind
        and results_now.record_id = results_then.record_id
),

-- What changed first in this order is what the row is listed under.
judged as (
    select
        *,
        case
            when not is_there then 'removed'
            when not was_there then 'added'
            when status_then is distinct from status_now then 'outcome'
            when kind = 'deal' and value_then is distinct from value_now then 'amount'
            when kind = 'target' and value_then is distinct from value_now then 'target'
            when owner_then_id is distinct from owner_after_id then 'owner'
            when department_then_id is distinct from department_after_id then 'department'
            when metric = 'calls' and result_then is distinct from result_now then 'calls'
            else 'none'
        end as change,
        case when status_then = 'won' then coalesce(value_then, 0) else 0 end as won_then,
        case when status_now = 'won' then coalesce(value_now, 0) else 0 end as won_now
    from beside
),

final as (
    select
        strftime(judged.month_start, '%Y-%m') || ':' || judged.kind || ':' || judged.record_id as closed_result_id,
        judged.month_start,
        months.closed_at,
        {{ local_time('months.closed_at', 'settings.timezone') }} as closed_at_local,
        judged.kind,
        judged.change,
        judged.metric,
        case when judged.kind = 'deal' then judged.record_id end as deal_id,
        deals.title,
        coalesce(judged.owner_then_id, judged.owner_after_id) as owner_id,
        coalesce(judged.owner_name_then, owners.manager_name) as owner_name,
        coalesce(judged.owner_after_id, judged.owner_then_id) as owner_after_id,
        coalesce(judged.department_then_id, judged.department_after_id) as department_id,
        coalesce(judged.department_name_then, departments.department_name) as department_name,
        deals.owner_now_id,
        deals.client_owner_id,
        deals.client_department_id,
        judged.status_then,
        judged.status_now,
        cast(judged.value_then as decimal(18, 2)) as value_then,
        cast(judged.value_now as decimal(18, 2)) as value_now,
        cast(judged.result_then as decimal(18, 2)) as result_then,
        cast(judged.result_now as decimal(18, 2)) as result_now,
        cast(judged.won_then as decimal(18, 2)) as won_then,
        cast(judged.won_now as decimal(18, 2)) as won_now,
        cast(judged.won_now - judged.won_then as decimal(18, 2)) as won_difference
    from judged
    inner join months using (month_start)
    cross join {{ ref('stg_workspace__company_settings') }} as settings
    left join {{ ref('fct_deals') }} as deals
        on deals.deal_id = case when judged.kind = 'deal' then judged.record_id end
    left join {{ ref('dim_manager') }} as owners on owners.manager_id = judged.owner_after_id
    left join {{ ref('dim_department') }} as departments on departments.department_id = judged.department_after_id
)

select * from final

with

kept as (
    select * from {{ ref('stg_embut__closed_results') }}
),

months as (
    select
        month_start,
        closed_at,
        rules_known_at is not null as has_names,
        coalesce(rules_known_at, closed_at) as rules_known_at
    from kept
    where kind = 'month'
),

results_then as (
    select * exclude (closed_at, rules_known_at) from kept where kind <> 'month'
),

results_now as (
    select
        months.month_start, 'deal' as kind, deals.deal_id as record_id, cast(null as varchar) as metric, deals.status,
        deals.amount_company as "value", cast(null as decimal(18, 2)) as "result", deals.owner_id, deals.department_id,
        clients.client_name, products.product_name, sources.source_name, stages.pipeline_name, stages.stage_name
    from {{ ref('fct_deals') }} as deals
    inner join months on months.month_start = date_trunc('month', deals.closed_at_local)
    left join {{ ref('dim_client') }} as clients on clients.client_id = deals.client_id
    left join {{ ref('dim_product') }} as products on products.product_id = deals.product_id
    left join {{ ref('dim_source') }} as sources on sources.source_id = deals.source_id
    left join {{ ref('dim_stage') }} as stages on stages.stage_id = deals.stage_id
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
        results_then.department_name as department_name_then,
        results_then.title,
        {%- for name in ['client_name', 'product_name', 'source_name', 'pipeline_name', 'stage_name'] %}
        case when results_then.record_id is null then results_now.{{ name }} else results_then.{{ name }} end as {{ name }},
        results_now.{{ name }} as {{ name }}_now{{ '' if loop.last else ',' }}
        {%- endfor %}
    from results_then
    full outer join results_now
        on results_now.month_start = results_then.month_start
        and results_now.kind = results_then.kind
        and results_now.record_id = results_then.record_id
),

-- What changed first in this order is what the row is listed under.
judged as (
    select
        beside.*,
        deals.title as title_now,
        deals.exclusion_reason,
        deals.owner_now_id,
        deals.client_owner_id,
        deals.client_department_id,
        case
            when not is_there and deals.is_excluded then 'excluded'
            when not is_there then 'removed'
            when not was_there then 'added'
            when status_then is distinct from status_now then 'outcome'
            when kind = 'deal' and value_then is distinct from value_now then 'amount'
            when kind = 'target' and value_then is distinct from value_now then 'target'
            when owner_then_id is distinct from owner_after_id then 'owner'
            when department_then_id is distinct from department_after_id then 'department'
            when metric = 'calls' and result_then is distinct from result_now then 'calls'
            when not months.has_names then 'none'
            when beside.stage_name is distinct from stage_name_now then 'stage'
            when beside.pipeline_name is distinct from pipeline_name_now then 'pipeline'
            when client_name is distinct from client_name_now then 'client'
            when product_name is distinct from product_name_now then 'product'
            when source_name is distinct from source_name_now then 'source'
            else 'none'
        end as change,
        case when status_then = 'won' then coalesce(value_then, 0) else 0 end as won_then,
        case when status_now = 'won' then coalesce(value_now, 0) else 0 end as won_now
    from beside
    inner join months using (month_start)
    left join {{ ref('fct_deals') }} as deals on beside.kind = 'deal' and deals.deal_id = beside.record_id
),

-- Who revised a target last, and why.
target_versions as (
    select metric, month_start, coalesce(owner_id, department_id) as planned_for, author, reason, valid_from
    from {{ ref('fct_targets') }}
    where is_current and product_id is null and source_id is null
    qualify row_number() over (partition by metric, month_start, planned_for order by valid_from desc) = 1
),

-- The last version of each rule that the published file knew, and the last one there is.
rules as (
    select
        months.month_start,
        months.month_start + interval 1 month as month_end,
        months.closed_at,
        versions.rule_id,
        arg_max(versions, versions.version) filter (where versions.set_at <= months.rules_known_at) as rule_then,
        arg_max(versions, versions.version) as rule_now
    from months
    cross join {{ ref('stg_workspace__rule_versions') }} as versions
    group by months.month_start, months.closed_at, versions.rule_id
),

-- Meanings of stages and exclusions hold for what happened from their first day on, spellings and links for everything.
rules_in_force as (
    select
        *,
        coalesce(rule_then.is_active and (rule_then.valid_from is null or rule_then.valid_from < case
            when rule_then.kind in ('stageMeaning', 'exclusion') then month_end else closed_at end), false) as was_there,
        coalesce(rule_now.is_active and case
            when rule_now.kind in ('stageMeaning', 'exclusion')
                then rule_now.valid_from is null or rule_now.valid_from < month_end
            else {{ in_force('rule_now.valid_from') }} end, false) as is_there
    from rules
),

rules_beside as (
    select
        *,
        case
            when not is_there then 'removed'
            when not was_there then 'added'
            when rule_then.statement is distinct from rule_now.statement then 'changed'
            else 'none'
        end as change,
        case when was_there then rule_then else rule_now end as shown,
        case when change = 'none' then rule_then else rule_now end as decided
    from rules_in_force
    where was_there or is_there
),

results as (
    select judged.*, target_versions.author, target_versions.reason, target_versions.valid_from as changed_at
    from judged
    left join target_versions
        on judged.change = 'target'
        and target_versions.metric = judged.metric
        and target_versions.month_start = cast(judged.month_start as date)
        and target_versions.planned_for = case
            when judged.owner_after_id = 'unknown' then judged.department_after_id else judged.owner_after_id end
    union all by name
    select
        month_start,
        'rule' as kind,
        rule_id as record_id,
        change,
        shown.kind || ': ' || shown.statement as rule,
        0 as won_then,
        0 as won_now,
        decided.author,
        decided.reason,
        decided.set_at as changed_at
    from rules_beside
),

final as (
    select
        strftime(results.month_start, '%Y-%m') || ':' || results.kind || ':' || results.record_id as closed_result_id,
        results.month_start,
        months.closed_at,
        {{ local_time('months.closed_at', 'settings.timezone') }} as closed_at_local,
        results.kind,
        results.change,
        results.metric,
        case when results.kind = 'deal' then results.record_id end as deal_id,
        coalesce(results.title, results.title_now) as title,
        results.client_name,
        results.product_name,
        results.source_name,
        results.pipeline_name,
        results.stage_name,
        results.rule,
        results.author,
        case when results.change = 'excluded' then results.exclusion_reason else results.reason end as reason,
        results.changed_at,
        {{ local_time('results.changed_at', 'settings.timezone') }} as changed_at_local,
        coalesce(results.owner_then_id, results.owner_after_id) as owner_id,
        coalesce(results.owner_name_then, owners.manager_name) as owner_name,
        coalesce(results.owner_after_id, results.owner_then_id) as owner_after_id,
        coalesce(results.department_then_id, results.department_after_id) as department_id,
        coalesce(results.department_name_then, departments.department_name) as department_name,
        results.owner_now_id,
        results.client_owner_id,
        results.client_department_id,
        results.status_then,
        results.status_now,
        cast(results.value_then as decimal(18, 2)) as value_then,
        cast(results.value_now as decimal(18, 2)) as value_now,
        cast(results.result_then as decimal(18, 2)) as result_then,
        cast(results.result_now as decimal(18, 2)) as result_now,
        cast(results.won_then as decimal(18, 2)) as won_then,
        cast(results.won_now as decimal(18, 2)) as won_now,
        cast(results.won_now - results.won_then as decimal(18, 2)) as won_difference
    from results
    inner join months using (month_start)
    cross join {{ ref('stg_workspace__company_settings') }} as settings
    left join {{ ref('dim_manager') }} as owners on owners.manager_id = results.owner_after_id
    left join {{ ref('dim_department') }} as departments on departments.department_id = results.department_after_id
)

select * from final

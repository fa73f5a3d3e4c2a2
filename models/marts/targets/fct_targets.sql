with

targets as (
    select * from {{ ref('int_targets__resolved') }}
),

settings as (
    select timezone from {{ ref('stg_workspace__company_settings') }}
),

planned_months as (
    select distinct cast(month_start as timestamp) as month_start from targets
),

-- A target is written beside no source, so product and lead source are known by their names.
product_names as (
    select product_id, {{ normal('product_name') }} as product from {{ ref('dim_product') }}
),

source_names as (
    select source_id, {{ normal('source_name') }} as source from {{ ref('dim_source') }}
),

won as (
    select date_trunc('month', won_at_local) as month_start, owner_id, department_id, product, source,
        sum(amount_company) as amount, count(*) as deals_count
    from {{ ref('fct_deals') }}
    left join product_names using (product_id)
    left join source_names using (source_id)
    where is_won and not is_excluded and date_trunc('month', won_at_local) in (select month_start from planned_months)
    group by all
),

results as (
    select 'won_amount' as metric, * exclude (amount, deals_count), amount as value from won
    union all by name
    select 'won_count' as metric, * exclude (amount, deals_count), deals_count as value from won
    union all by name
    select 'calls' as metric, date_trunc('month', started_at_local) as month_start, owner_id, department_id, count(*) as value
    from {{ ref('fct_calls') }}
    where date_trunc('month', started_at_local) in (select month_start from planned_months)
    group by all
),

-- What a target may be for: a person, a department or everybody, of one product or all, of one lead source or all.
reached as (
    select metric, cast(month_start as date) as month_start, owner_id, department_id, product, source, sum(value) as value
    from results
    group by metric, month_start, cube (product, source), grouping sets ((), (owner_id), (department_id))
    -- Calls have no product and no lead source.
    qualify row_number() over (
        partition by metric, month_start, owner_id, department_id, product, source order by sum(value) desc
    ) = 1
),

final as (
    select
        targets.target_id,
        targets.metric,
        targets.month_start,
        targets.owner_id,
        targets.department_id,
        targets.product_id,
        targets.source_id,
        cast(targets.value as decimal(18, 2)) as value,
        case when targets.is_current then cast(coalesce(reached.value, 0) as decimal(18, 2)) end as actual_value,
        first_value(cast(targets.value as decimal(18, 2))) over versions as first_value,
        cast(version as integer) as version,
        is_current,
        version = min(version) over versions as is_original,
        valid_from,
        {{ local_time('valid_from', 'settings.timezone') }} as valid_from_local,
        -- A version holds until the next one is set, whether that raises, lowers or withdraws the target.
        coalesce(
            lead({{ local_time('valid_from', 'settings.timezone') }}) over versions, cast('9999-12-31' as timestamp)
        ) as valid_to_local,
        author,
        reason
    from targets
    cross join settings
    left join product_names on product_names.product_id = targets.product_id
    left join source_names on source_names.source_id = targets.source_id
    left join reached
        on reached.metric = targets.metric
        and reached.month_start = targets.month_start
        and reached.owner_id is not distinct from targets.owner_id
        -- A person's target holds for all of the person's results, wherever the person ends the month.
        and reached.department_id is not distinct from case when targets.owner_id is null then targets.department_id end
        and reached.product is not distinct from product_names.product
        and reached.source is not distinct from source_names.source
    window versions as (
        partition by targets.metric, targets.month_start, targets.owner_id, targets.department_id, targets.product_id,
            targets.source_id
        order by version
        rows between unbounded preceding and unbounded following
    )
)

select * from final

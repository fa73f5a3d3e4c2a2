with

deals as (
    select *, {{ local_time('closed_at', 'timezone') }} as closed_at_local from {{ ref('int_deals__described') }}
),

exclusions as (
    select * from {{ ref('int_deal_exclusions__applied') }}
),

-- From which stage on a deal counts as qualified; a pipeline that names none qualifies with its first.
qualified as (
    select pipeline_id, pipeline_version,
        coalesce(min(stage_order) filter (where meaning = 'qualified'), 1) as qualified_order
    from {{ ref('int_stages__ordered') }}
    where is_funnel
    group by pipeline_id, pipeline_version
),

-- Win rate of the whole company among deals of the same lead source and product: what an average colleague makes of them.
expected as (
    select source_id, product_id, avg(case when status = 'won' then 1.0 else 0.0 end) as expected_win
    from deals
    left join exclusions using (deal_id)
    where status in ('won', 'lost') and exclusions.deal_id is null
    group by source_id, product_id
),

final as (
    select
        deals.deal_id,
        deals.origin,
        deals.source_deal_id,
        deals.source_url,
        deals.title,
        deals.pipeline_id,
        deals.stage_id,
        deals.status,
        deals.client_id,
        coalesce(deals.client_record_id, 'unknown') as client_record_id,
        deals.product_id,
        deals.source_id,
        deals.branch,
        deals.owner_id,
        deals.department_id,
        deals.owner_now_id,
        deals.department_now_id,
        deals.client_owner_id,
        deals.client_department_id,
        deals.currency,
        deals.lost_reason,
        exclusions.exclusion_reason,
        cast(deals.amount as decimal(18, 2)) as amount,
        cast(deals.amount_company as decimal(18, 2)) as amount_company,
        cast(deals.amount_net as decimal(18, 2)) as amount_net,
        cast(deals.amount_paid as decimal(18, 2)) as amount_paid,
        cast(deals.amount_paid * deals.rate as decimal(18, 2)) as amount_paid_company,
        cast(case when deals.status = 'won' then (deals.amount - deals.amount_paid) * deals.rate end as decimal(18, 2))
            as balance_company,
        cast(deals.cost as decimal(18, 2)) as cost,
        cast(deals.cost * deals.rate as decimal(18, 2)) as cost_company,
        cast({{ days_between('deals.created_at', 'deals.closed_at') }} as double) as cycle_days,
        cast(case when deals.status in ('won', 'lost') then expected.expected_win end as double) as expected_win,
        deals.furthest_stage_order,
        deals.reopened_count,
        deals.status = 'won' as is_won,
        deals.status = 'lost' as is_lost,
        deals.status = 'open' as is_open,
        deals.status = 'won' or coalesce(deals.furthest_stage_order >= qualified.qualified_order, false)
            as is_qualified,
        exclusions.deal_id is not null as is_excluded,
        deals.has_reliable_owner,
        deals.created_at,
        {{ local_time('deals.created_at', 'deals.timezone') }} as created_at_local,
        deals.closed_at,
        deals.closed_at_local,
        case when deals.status = 'won' then deals.closed_at end as won_at,
        case when deals.status = 'won' then deals.closed_at_local end as won_at_local,
        case when deals.status = 'lost' then deals.closed_at end as lost_at,
        case when deals.status = 'lost' then deals.closed_at_local end as lost_at_local,
        deals.stage_entered_at,
        {{ local_time('deals.stage_entered_at', 'deals.timezone') }} as stage_entered_at_local,
        deals.paid_at,
        {{ local_time('deals.paid_at', 'deals.timezone') }} as paid_at_local,
        deals.completed_at,
        {{ local_time('deals.completed_at', 'deals.timezone') }} as completed_at_local,
        deals.expected_close_on,
        deals._load_id
    from deals
    left join exclusions using (deal_id)
    left join expected on expected.source_id = deals.source_id and expected.product_id = deals.product_id
    left join qualified
        on qualified.pipeline_id = deals.pipeline_id and qualified.pipeline_version = deals.pipeline_version
)

select * from final
order by created_at_local

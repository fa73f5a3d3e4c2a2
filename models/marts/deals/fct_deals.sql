with

deals as (
    select *, {{ local_time('closed_at', 'timezone') }} as closed_at_local from {{ ref('int_deals__described') }}
),

exclusions as (
    select * from {{ ref('int_deal_exclusions__applied') }}
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
        cast(deals.cost as decimal(18, 2)) as cost,
        cast({{ days_between('deals.created_at', 'deals.closed_at') }} as double) as cycle_days,
        deals.furthest_stage_order,
        deals.reopened_count,
        deals.status = 'won' as is_won,
        deals.status = 'lost' as is_lost,
        deals.status = 'open' as is_open,
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
        deals.paid_at,
        {{ local_time('deals.paid_at', 'deals.timezone') }} as paid_at_local,
        deals.completed_at,
        {{ local_time('deals.completed_at', 'deals.timezone') }} as completed_at_local,
        deals.expected_close_on,
        deals._load_id
    from deals
    left join exclusions using (deal_id)
)

select * from final

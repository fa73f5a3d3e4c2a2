with

deals as (
    select
        *,
        date_trunc('month', created_at_local) as created_month,
        date_trunc('month', closed_at_local) as closed_month
    from {{ ref('fct_deals') }}
),

-- One pass makes all slices; each keeps what its policies compare.
final as (
    select
        case
            when grouping(owner_id) = 0 then 'people'
            when grouping(product_id) = 0 then 'products'
            else 'sources'
        end as slice,
        status,
        is_excluded,
        is_qualified,
        branch,
        owner_id,
        department_id,
        owner_now_id,
        department_now_id,
        client_owner_id,
        client_department_id,
        product_id,
        source_id,
        lost_reason,
        cast(created_month as timestamp) as created_month,
        cast(closed_month as timestamp) as closed_month,
        count(*) as deals_count,
        count(amount_company) as priced_count,
        count(case when balance_company <= 0 then 1 end) as paid_count,
        count(case when balance_company > 0 then 1 end) as owing_count,
        count(cycle_days) as cycles_count,
        cast(sum(amount_company) as decimal(18, 2)) as amount,
        cast(sum(amount_paid_company) as decimal(18, 2)) as amount_paid,
        cast(sum(balance_company) as decimal(18, 2)) as balance,
        cast(sum(cost_company) as decimal(18, 2)) as cost,
        cast(sum(amount_company - cost_company) as decimal(18, 2)) as margin,
        cast(sum(case when cost_company is not null then amount_company end) as decimal(18, 2)) as costed_amount,
        cast(sum(cycle_days) as double) as cycle_days,
        cast(sum(expected_win) as double) as expected_wins
    from deals
    group by grouping sets (
        (
            status, is_excluded, is_qualified, branch, created_month, closed_month, owner_id, department_id, owner_now_id,
            department_now_id, client_owner_id, client_department_id
        ),
        (
            status, is_excluded, is_qualified, branch, created_month, closed_month, department_id, client_department_id,
            product_id
        ),
        (
            status, is_excluded, is_qualified, branch, created_month, closed_month, department_id, client_department_id,
            source_id, lost_reason
        )
    )
)

select * from final
order by slice

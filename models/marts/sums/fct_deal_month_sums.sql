with

months as (
    select * from {{ ref('fct_deal_months') }}
),

final as (
    select
        case when grouping(owner_id) = 0 then 'people' else 'stages' end as slice,
        status,
        is_excluded,
        stage_id,
        owner_id,
        department_id,
        owner_now_id,
        client_owner_id,
        client_department_id,
        month_start,
        count(case when is_open then 1 end) as open_count,
        count(case when is_won then 1 end) as won_count,
        count(case when is_lost then 1 end) as lost_count,
        count(case when is_open then age_days end) as open_ages_count,
        cast(sum(case when is_open then age_days end) as bigint) as open_age_days,
        cast(sum(case when is_open then amount_company end) as decimal(18, 2)) as open_amount,
        cast(sum(case when is_won then amount_company end) as decimal(18, 2)) as won_amount
    from months
    group by grouping sets (
        (
            status, is_excluded, stage_id, month_start, owner_id, department_id, owner_now_id, client_owner_id,
            client_department_id
        ),
        (status, is_excluded, stage_id, month_start, department_id, client_department_id)
    )
)

select * from final
order by slice

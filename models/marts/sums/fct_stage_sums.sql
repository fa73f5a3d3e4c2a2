with

stages as (
    select *, date_trunc('month', deal_created_at_local) as created_month from {{ ref('fct_deal_stages') }}
),

final as (
    select
        case when grouping(owner_id) = 0 then 'people' else 'stages' end as slice,
        stage_id,
        pipeline_version,
        branch,
        is_excluded,
        owner_id,
        department_id,
        owner_now_id,
        client_owner_id,
        client_department_id,
        cast(created_month as timestamp) as created_month,
        count(case when is_reached then 1 end) as reached_count,
        count(case when is_visited then 1 end) as visited_count,
        count(case when is_strict then 1 end) as strict_count,
        count(case when is_reached and not is_visited then 1 end) as skipped_count,
        count(case when is_returned then 1 end) as returned_count,
        count(case when is_reached and is_reopened then 1 end) as reopened_count,
        count(case when is_advanced then 1 end) as advanced_count,
        count(case when is_open then 1 end) as open_count,
        count(case when is_lost then 1 end) as lost_count,
        count(stay_seconds) as stays_count,
        count(observed_seconds) as observed_count,
        cast(sum(case when is_reached then amount_company end) as decimal(18, 2)) as amount_reached,
        cast(sum(case when is_open then amount_company end) as decimal(18, 2)) as amount_open,
        cast(sum(case when is_lost then amount_company end) as decimal(18, 2)) as amount_lost,
        cast(sum(stay_seconds / 86400.0) as double) as stay_days,
        cast(sum(observed_seconds / 86400.0) as double) as observed_days
    from stages
    group by grouping sets (
        (
            stage_id, pipeline_version, branch, is_excluded, created_month, owner_id, department_id, owner_now_id,
            client_owner_id, client_department_id
        ),
        (stage_id, pipeline_version, branch, is_excluded, created_month, department_id, client_department_id)
    )
)

select * from final
order by slice

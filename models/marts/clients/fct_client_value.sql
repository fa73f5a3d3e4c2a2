with

purchases as (
    select * from {{ ref('int_client_purchases__summarised') }}
),

estimates as (
    select * from {{ ref('int_client_value__estimated') }}
),

owners as (
    select * from {{ ref('int_client_owners__placed') }}
),

final as (
    select
        purchases.client_id,
        -- The record that names the client says who may see it.
        coalesce(owners.client_owner_id, 'unknown') as owner_id,
        coalesce(owners.client_department_id, 'unknown') as department_id,
        purchases.purchase_days_count,
        purchases.repeats_count,
        purchases.silent_days,
        cast(purchases.median_gap_days as double) as median_gap_days,
        cast(purchases.amount as decimal(18, 2)) as amount,
        cast(estimates.probability_alive as double) as probability_alive,
        cast(case when purchases.repeats_count > 0 then 1 - estimates.probability_alive end as double) as churn_risk,
        cast(estimates.expected_purchases as double) as expected_purchases,
        cast(estimates.expected_spend as decimal(18, 2)) as expected_spend,
        cast(estimates.expected_purchases * estimates.expected_spend as decimal(18, 2)) as expected_value,
        purchases.silent_days > {{ var('silent_gaps') }} * purchases.median_gap_days as is_silent,
        purchases.first_bought_on,
        purchases.last_bought_on,
        purchases.as_of
    from purchases
    inner join estimates using (client_id)
    left join owners on owners.client_record_id = purchases.client_id
)

select * from final

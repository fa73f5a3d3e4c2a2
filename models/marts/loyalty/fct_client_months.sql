with

months as (
    select * from {{ ref('int_client_months__scored') }} where {{ in_share('client_id') }}
),

owners as (
    select * from {{ ref('int_client_owners__placed') }}
),

-- What the record itself brought in each month; the segment and the return are the client's.
purchases as (
    select
        client_record_id,
        client_id,
        date_trunc('month', won_at_local) as month_start,
        count(*) filter (where coalesce(amount_company, 0) >= 0) as orders_count,
        coalesce(sum(amount_company), 0) as amount
    from {{ ref('fct_deals') }}
    where is_won and not is_excluded and won_at_local is not null and client_id <> 'unknown'
        and {{ in_share('client_id') }}
    group by all
),

firsts as (
    select purchases.client_record_id, purchases.client_id, min(purchases.month_start) as first_month,
        sum(case when purchases.month_start = clients.first_month then purchases.amount else 0 end) as first_amount
    from purchases
    inner join (select distinct client_id, first_month from months) as clients using (client_id)
    group by purchases.client_record_id, purchases.client_id
),

final as (
    select
        firsts.client_record_id || ':' || strftime(months.month_start, '%Y-%m') as client_month_id,
        firsts.client_record_id,
        months.client_id,
        owners.client_owner_id as owner_id,
        owners.client_department_id as department_id,
        months.segment,
        months.segment_before,
        months.recency_score,
        months.frequency_score,
        months.monetary_score,
        cast(months.recency_days as integer) as recency_days,
        cast(months.orders_count as integer) as client_orders_count,
        cast(months.amount as decimal(18, 2)) as client_amount,
        cast(date_diff('month', months.first_month, months.month_start) as integer) as months_since_first,
        cast(coalesce(purchases.orders_count, 0) as integer) as orders_count,
        cast(coalesce(purchases.amount, 0) as decimal(18, 2)) as amount,
        cast(firsts.first_amount as decimal(18, 2)) as first_amount,
        months.orders_in_month > 0 as has_bought,
        coalesce(months.is_retained, false) as is_retained,
        months.is_complete,
        months.is_latest,
        months.first_month,
        months.month_start
    from firsts
    inner join months
        on months.client_id = firsts.client_id and months.month_start >= firsts.first_month
    inner join owners on owners.client_record_id = firsts.client_record_id
    left join purchases
        on purchases.client_record_id = firsts.client_record_id and purchases.month_start = months.month_start
)

select * from final
order by month_start

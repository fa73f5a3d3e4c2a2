-- What the months hold as open is what creation and closing of the deals say, for deals that never were reopened.
-- A row here means that the pipeline as it stood is not the one that there was.
with

looked as (
    select month_start, looked_at, count(*) filter (where months.is_open and deals.reopened_count = 0) as open_count
    from {{ ref('fct_deal_months') }} as months
    inner join {{ ref('fct_deals') }} as deals using (deal_id)
    group by month_start, looked_at
),

counted as (
    select looked.month_start, count(*) as open_count
    from looked
    inner join {{ ref('fct_deals') }} as deals
        on deals.created_at_local < looked.looked_at
        and coalesce(deals.closed_at_local, cast('9999-12-31' as timestamp)) >= looked.looked_at
    where deals.status <> 'ignored' and deals.reopened_count = 0
    group by looked.month_start
)

select looked.month_start, looked.open_count, counted.open_count as counted
from looked
left join counted using (month_start)
where looked.open_count <> coalesce(counted.open_count, 0)

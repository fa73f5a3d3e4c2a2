-- What the months hold as open is what creation and closing of the deals say, for deals that never were reopened and
-- whose source tells one moment of closing: a list of moves and a field of the deal may differ, and then moves hold.
-- A row here means that the pipeline as it stood is not the one that there was.
with

closings as (
    select deal_id, min(valid_from_local) as closed_at_local
    from {{ ref('fct_deal_history') }}
    where status in ('won', 'lost')
    group by deal_id
),

told_once as (
    select deals.deal_id, deals.created_at_local, deals.closed_at_local
    from {{ ref('fct_deals') }} as deals
    left join closings using (deal_id)
    where deals.status <> 'ignored'
        and deals.reopened_count = 0
        and deals.closed_at_local is not distinct from closings.closed_at_local
),

looked as (
    select month_start, looked_at, count(*) filter (where months.is_open and deals.deal_id is not null) as open_count
    from {{ ref('fct_deal_months') }} as months
    left join told_once as deals using (deal_id)
    group by month_start, looked_at
),

counted as (
    select looked.month_start, count(*) as open_count
    from looked
    inner join told_once as deals
        on deals.created_at_local < looked.looked_at
        and coalesce(deals.closed_at_local, cast('9999-12-31' as timestamp)) >= looked.looked_at
    group by looked.month_start
)

select looked.month_start, looked.open_count, counted.open_count as counted
from looked
left join counted using (month_start)
where looked.open_count <> coalesce(counted.open_count, 0)

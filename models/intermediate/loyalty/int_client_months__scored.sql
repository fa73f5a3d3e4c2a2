-- One row per client and month from its first purchase on: what it had bought by then, and its segment.
with

loads as (
    select max(finished_at) as known_until from {{ ref('stg_embut__loads') }}
),

exclusions as (
    select * from {{ ref('int_deal_exclusions__applied') }}
),

wins as (
    select deals.*, {{ local_time('deals.closed_at', 'deals.timezone') }} as won_at_local
    from {{ ref('int_deals__described') }} as deals
    left join exclusions using (deal_id)
    where deals.status = 'won' and deals.client_id <> 'unknown' and deals.closed_at is not null
        and exclusions.deal_id is null
),

-- A refund is a won deal of a negative amount: it lessens the money and is no order.
purchases as (
    select
        client_id,
        date_trunc('month', won_at_local) as month_start,
        count(*) filter (where coalesce(amount_company, 0) >= 0) as orders_count,
        coalesce(sum(amount_company), 0) as amount,
        max(cast(won_at_local as date)) filter (where coalesce(amount_company, 0) >= 0) as last_on
    from wins
    group by client_id, date_trunc('month', won_at_local)
),

firsts as (
    select client_id, min(month_start) as first_month
    from purchases
    where orders_count > 0
    group by client_id
),

-- Through the last month in which anything was sold.
months as (
    select
        cast(range as timestamp) as month_start,
        least(range + interval 1 month - interval 1 day, cast(known_until as date)) as scored_on,
        range + interval 1 month <= known_until as is_complete
    from loads
    cross join (select min(month_start) as first_month, max(month_start) as last_month from purchases) as span
    cross join range(span.first_month, span.last_month + interval 1 day, interval 1 month)
),

grids as (
    select * from {{ ref('stg_workspace__rfm_grids') }}
),

-- The newest grid of the company that was valid at the end of the month; before the first one the shipped one holds.
ruled as (
    select months.month_start, months.scored_on, months.is_complete, max(grids.valid_from) as valid_from
    from months
    left join grids on grids.valid_from <= months.scored_on
    group by months.month_start, months.scored_on, months.is_complete
),

grown as (
    select
        firsts.client_id,
        firsts.first_month,
        months.month_start,
        months.valid_from,
        months.is_complete,
        coalesce(purchases.orders_count, 0) as orders_in_month,
        max(case when purchases.orders_count > 0 then months.month_start end) over (partition by firsts.client_id)
            >= months.month_start as is_retained,
        date_diff('day', max(purchases.last_on) over so_far, cast(months.scored_on as date)) as recency_days,
        sum(coalesce(purchases.orders_count, 0)) over so_far as orders_count,
        sum(coalesce(purchases.amount, 0)) over so_far as amount
    from firsts
    inner join ruled as months on months.month_start >= firsts.first_month
    left join purchases on purchases.client_id = firsts.client_id and purchases.month_start = months.month_start
    window so_far as (partition by firsts.client_id order by months.month_start)
),

-- Fifths by percent rank: clients who are equal get the same score, however many they are.
ranked as (
    select
        *,
        least(5, 1 + floor(5 * percent_rank() over (partition by month_start order by recency_days desc)))
            as recency_fifth,
        least(5, 1 + floor(5 * percent_rank() over (partition by month_start order by orders_count))) as frequency_fifth,
        least(5, 1 + floor(5 * percent_rank() over (partition by month_start order by amount))) as monetary_fifth
    from grown
),

-- Limits of the company go before fifths. So many days or fewer give a 5; so many orders or more give a 2.
scored as (
    select
        ranked.* exclude (recency_fifth, frequency_fifth, monetary_fifth, valid_from),
        grids.cells,
        cast(coalesce(5 - len(list_filter(grids.recency_limits, lambda days: ranked.recency_days > days)), recency_fifth)
            as integer) as recency_score,
        cast(coalesce(1 + len(list_filter(grids.frequency_limits, lambda orders: ranked.orders_count >= orders)),
            frequency_fifth) as integer) as frequency_score,
        cast(coalesce(1 + len(list_filter(grids.monetary_limits, lambda money: ranked.amount >= money)), monetary_fifth)
            as integer) as monetary_score
    from ranked
    left join grids using (valid_from)
),

named as (
    select
        scored.* exclude (cells),
        coalesce(scored.cells[concat(recency_score, frequency_score, monetary_score)], segments.segment) as segment,
        lag(coalesce(scored.cells[concat(recency_score, frequency_score, monetary_score)], segments.segment))
            over (partition by scored.client_id order by scored.month_start) as segment_before,
        scored.month_start = max(scored.month_start) over () as is_latest
    from scored
    inner join {{ ref('rfm_segments') }} as segments using (recency_score, frequency_score, monetary_score)
)

select * from named

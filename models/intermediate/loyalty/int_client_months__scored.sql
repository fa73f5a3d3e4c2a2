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
    select client_id, min(month_start) as first_month, max(month_start) as last_month
    from purchases
    where orders_count > 0
    group by client_id
),

-- Through the last month in which anything was sold; of a span also the month before it, which its segments follow.
months as (
    select
        cast(range as timestamp) as month_start,
        least(range + interval 1 month - interval 1 day, cast(known_until as date)) as scored_on,
        range + interval 1 month <= known_until as is_complete,
        range >= span.last_month as is_latest
    from loads
    cross join (select min(month_start) as first_month, max(month_start) as last_month from purchases) as span
    cross join range(span.first_month, span.last_month + interval 1 day, interval 1 month)
    where {{ in_span('range') }} or {{ in_span('range + interval 1 month') }}
),

grids as (
    select * from {{ ref('stg_workspace__rfm_grids') }}
),

-- The newest grid of the company that was valid at the end of the month; before the first one the shipped one holds.
ruled as (
    select
        months.month_start,
        months.scored_on,
        months.is_complete,
        months.is_latest,
        max(grids.valid_from) as valid_from
    from months
    left join grids on grids.valid_from <= months.scored_on
    group by months.month_start, months.scored_on, months.is_complete, months.is_latest
),

-- What a client had bought from one month with purchases until the next: far fewer rows than months.
standing as (
    select
        firsts.client_id,
        firsts.first_month,
        firsts.last_month,
        purchases.month_start as since_month,
        coalesce(lead(purchases.month_start) over so_far, cast('infinity' as timestamp)) as until_month,
        purchases.orders_count as orders_in_month,
        max(purchases.last_on) over so_far as last_on,
        sum(purchases.orders_count) over so_far as orders_count,
        sum(purchases.amount) over so_far as amount
    from firsts
    inner join purchases
        on purchases.client_id = firsts.client_id and purchases.month_start >= firsts.first_month
    window so_far as (partition by firsts.client_id order by purchases.month_start)
),

grown as (
    select
        standing.client_id,
        standing.first_month,
        months.month_start,
        months.valid_from,
        months.is_complete,
        months.is_latest,
        case when months.month_start = standing.since_month then standing.orders_in_month else 0 end
            as orders_in_month,
        standing.last_month >= months.month_start as is_retained,
        date_diff('day', standing.last_on, cast(months.scored_on as date)) as recency_days,
        standing.orders_count,
        standing.amount
    from standing
    inner join ruled as months
        on months.month_start >= standing.since_month and months.month_start < standing.until_month
),

-- Fifths by percent rank: clients who are equal get the same score, however many they are.
recency_fifths as ({{ fifths('recency_days', 'desc') }}),
frequency_fifths as ({{ fifths('orders_count') }}),
monetary_fifths as ({{ fifths('amount') }}),

ranked as (
    select
        grown.*,
        recency_fifths.fifth as recency_fifth,
        frequency_fifths.fifth as frequency_fifth,
        monetary_fifths.fifth as monetary_fifth
    from grown
    inner join recency_fifths using (month_start, recency_days)
    inner join frequency_fifths using (month_start, orders_count)
    inner join monetary_fifths using (month_start, amount)
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
            over (partition by scored.client_id order by scored.month_start) as segment_before
    from scored
    inner join {{ ref('rfm_segments') }} as segments using (recency_score, frequency_score, monetary_score)
)

select * from named where {{ in_span('month_start') }}

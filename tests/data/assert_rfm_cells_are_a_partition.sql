-- Each of the 125 cells of recency, frequency and money has one segment, and all 11 segments occur.
-- A row here means that a client could fall into no segment, into two, or that a segment can never be assigned.
with

scores as (
    select cast(range as integer) as score from range(1, 6)
),

cells as (
    select recency.score as recency_score, frequency.score as frequency_score, money.score as monetary_score
    from scores as recency
    cross join scores as frequency
    cross join scores as money
),

assigned as (
    select cells.*, count(segments.segment) as segment_count
    from cells
    left join {{ ref('rfm_segments') }} as segments using (recency_score, frequency_score, monetary_score)
    group by all
)

select recency_score, frequency_score, monetary_score, segment_count from assigned where segment_count <> 1
union all
select null, null, null, count(distinct segment) from {{ ref('rfm_segments') }}
having count(distinct segment) <> 11 or count(*) <> 125
union all
-- A grid of the company names all cells or leaves the names as they are shipped.
select null, null, null, cardinality(cells) from {{ ref('stg_workspace__rfm_grids') }} where cardinality(cells) <> 125

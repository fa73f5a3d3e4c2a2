-- The finished stays of a deal add up to the time from its first move to the beginning of its present stay.
-- A row here means that a stay is missing, doubled or overlaps another.
select
    deal_id,
    sum(stay_seconds) as stayed,
    {{ seconds_between('min(entered_at)', 'max(entered_at)') }} as passed
from {{ ref('fct_stage_events') }}
where entered_at is not null
group by deal_id
having coalesce(sum(stay_seconds), 0) not between
    {{ seconds_between('min(entered_at)', 'max(entered_at)') }} - count(*)
    and {{ seconds_between('min(entered_at)', 'max(entered_at)') }}

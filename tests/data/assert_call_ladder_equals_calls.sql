-- Each step of the ladder has every outgoing call that stands before it once, and the weights of its strata add up to one: no
-- call is lost or counted twice in a comparison. Fails with the steps that differ.
with

calls as (
    select * from {{ ref('fct_calls') }} where direction = 'out' and started_at_local is not null
),

truth as (
    select 'connected' as step, count(*) as cases, count(*) filter (where is_connected) as passed from calls
    union all
    select 'conversation', count(*), count(*) filter (where is_conversation) from calls where is_connected
    union all
    select 'next step', count(*), count(*) filter (where has_next_step) from calls where is_conversation
    union all
    select 'won', count(*), count(*) filter (where is_won_after) from calls where has_next_step
),

ladder as (
    select step, sum(cases) as cases, sum(passed) as passed from {{ ref('fct_call_ladder') }} group by step
),

weights as (
    select step, sum(standard_share) as weight
    from (select distinct step, stratum, standard_share from {{ ref('fct_call_ladder') }})
    group by step
)

select truth.step, truth.cases, ladder.cases as cases_of_ladder, weights.weight
from truth
left join ladder using (step)
left join weights using (step)
where truth.cases > 0
    and (
        ladder.cases is distinct from truth.cases or ladder.passed is distinct from truth.passed
        or abs(weights.weight - 1) > 1e-9 or weights.weight is null
    )

-- What is known of a deal now is what its fact says; no deal stands in two states at one time.
-- A row here is a deal whose reports as of today differ from today's reports.
with

now_known as (
    select deal_id, stage_id, status, owner_id, department_id, amount_company, closed_at, is_excluded
    from {{ ref('fct_deals_as_of') }}
    where known_to is null
),

facts as (
    select deal_id, stage_id, status, owner_id, department_id, amount_company, closed_at, is_excluded
    from {{ ref('fct_deals') }}
),

double_states as (
    select deal_id
    from {{ ref('fct_deals_as_of') }}
    qualify coalesce(known_to, cast('9999-12-31' as timestamp)) > lead(known_from) over (partition by deal_id order by known_from)
        or known_to <= known_from
)

select deal_id, 'differs from the fact' as problem
from ((from now_known except from facts) union all (from facts except from now_known)) as differences
union all
select deal_id, 'two states at one time' from double_states

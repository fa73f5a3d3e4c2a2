-- A deal that went through the first stages in order was in each of them, and a deal that was in a stage reached it.
-- A row here means that a funnel shows more deals by a stricter rule than by a looser one.
select deal_stage_id, is_strict, is_visited, is_reached
from {{ ref('fct_deal_stages') }}
where is_strict and not is_visited or is_visited and not is_reached

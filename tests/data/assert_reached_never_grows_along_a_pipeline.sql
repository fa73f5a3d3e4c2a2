-- Strict and reached are monotone: a deal that has a stage by either has every earlier one.
-- A row here means that a later bar of a funnel is longer than an earlier one.
select later.deal_stage_id
from {{ ref('fct_deal_stages') }} as later
inner join {{ ref('fct_deal_stages') }} as earlier
    on earlier.deal_id = later.deal_id and earlier.stage_order < later.stage_order
where later.is_reached and not earlier.is_reached or later.is_strict and not earlier.is_strict

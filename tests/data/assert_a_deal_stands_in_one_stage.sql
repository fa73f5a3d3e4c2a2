-- A deal has exactly one unfinished stay, and it is in the stage that the deal itself names.
-- A row here means that the stage history and the deal disagree on where the deal is.
select deals.deal_id, deals.stage_id, count(events.stage_event_id) as open_stays
from {{ ref('fct_deals') }} as deals
left join {{ ref('fct_stage_events') }} as events
    on events.deal_id = deals.deal_id and events.exited_at is null and events.stage_id = deals.stage_id
where deals.stage_id <> 'unknown'
group by deals.deal_id, deals.stage_id
having count(events.stage_event_id) <> 1

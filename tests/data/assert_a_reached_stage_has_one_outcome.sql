-- Of the deals that reached a stage each went on, was lost there or is open there; ignored deals have no outcome.
-- A row here means that the outcomes of a cohort do not add up to it.
select stages.deal_stage_id
from {{ ref('fct_deal_stages') }} as stages
inner join {{ ref('fct_deals') }} as deals using (deal_id)
where cast(stages.is_advanced as integer) + cast(stages.is_open as integer) + cast(stages.is_lost as integer)
    <> case when stages.is_reached and deals.status <> 'ignored' then 1 else 0 end
    and not (deals.status = 'ignored' and stages.is_advanced)

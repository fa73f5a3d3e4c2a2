-- Of the deals of a stage each is still there, has advanced or is lost: the three curves sum to one on every day.
-- A row here means that the competing outcomes are counted wrongly.
select *
from {{ ref('fct_stage_times') }}
where abs(survival + advanced_share + lost_share - 1) > 1e-9
    or survival not between -1e-9 and 1 + 1e-9

-- A person is in one department at a time, and in one now.
-- A row here means that a number could belong to two departments.
select one.manager_id, one.valid_from
from {{ ref('dim_manager_department') }} as one
inner join {{ ref('dim_manager_department') }} as two
    on two.manager_id = one.manager_id and two.valid_from > one.valid_from
where one.valid_to is null or one.valid_to > two.valid_from

-- Two records that a person said are not one client are not one client, by no chain of other records either.
-- A row here means that an undone merge came back, or that two rules contradict each other.
select links.rule_id, one.client_id
from {{ ref('stg_workspace__client_links') }} as links
inner join {{ ref('dim_client_record') }} as one on one.client_record_id = links.client_record_id
inner join {{ ref('dim_client_record') }} as two on two.client_record_id = links.other_client_record_id
where not links.is_same and one.client_id = two.client_id

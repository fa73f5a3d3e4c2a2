-- No client joins more than the agreed number of companies and people by shared numbers or addresses alone.
-- A row here means that a chain of shared numbers made strangers one client.
select identities.client_id, count(distinct identities.seed_id) as seed_count
from {{ ref('int_clients__identities_merged') }} as identities
where identities.client_id not in (
    select client_id from {{ ref('fct_client_merges') }} where rule = 'confirmed'
)
group by identities.client_id
having count(distinct identities.seed_id) > {{ var('largest_client_cluster') }}

-- One row per seed that a proposed link touches: what it would be merged into if every link held.
with recursive

links as (
    select * from {{ ref('int_client_links__proposed') }}
),

nodes as materialized (
    select seed_id, row_number() over (order by seed_id) as node
    from (select seed_id from links union select other_seed_id from links)
),

edges as (
    select distinct one.node as a, two.node as b
    from links
    inner join nodes as one on one.seed_id = links.seed_id
    inner join nodes as two on two.seed_id = links.other_seed_id
),

{{ connected_components('edges') }},

labelled as (
    select nodes.seed_id, components.component, count(*) over (partition by components.component) as seed_count
    from nodes
    inner join components using (node)
)

select * from labelled

with recursive

people as (
    select * from {{ ref('int_people__unioned') }}
),

links as (
    select * from {{ ref('int_person_links__proposed') }}
),

mentioned as (
    select distinct origin || ':' || spelled_ref as person_id
    from {{ ref('int_person_references__collected') }}
),

known as (
    select person_id, source_rank from people
    union all
    select person_id, 3 from mentioned where person_id not in (select person_id from people)
),

nodes as materialized (
    select person_id, source_rank, row_number() over (order by source_rank, person_id) as node from known
),

edges as (
    select one.node as a, two.node as b
    from links
    inner join nodes as one on one.person_id = links.person_id
    inner join nodes as two on two.person_id = links.other_person_id
),

{{ connected_components('edges') }},

-- The smallest node is the CRM's own record where there is one.
merged as (
    select
        nodes.person_id,
        nodes.source_rank,
        coalesce(first_nodes.person_id, nodes.person_id) as manager_id
    from nodes
    left join components on components.node = nodes.node
    left join nodes as first_nodes on first_nodes.node = components.component
)

select * from merged

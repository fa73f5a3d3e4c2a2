-- One row per client record: which client it is.
with recursive

records as (
    select
        client_record_id,
        coalesce(company_record_id, client_record_id) as seed_id,
        case kind when 'company' then 1 when 'contact' then 2 else 3 end as kind_rank,
        source_rank
    from {{ ref('int_client_records__completed') }}
),

links as (
    select seed_id, other_seed_id from {{ ref('int_client_links__judged') }} where refusal is null
),

-- The smallest node names the client: a company before a person, a person before a lead, the CRM before files.
nodes as materialized (
    select
        linked.seed_id,
        row_number() over (order by records.kind_rank, records.source_rank, linked.seed_id) as node
    from (select seed_id from links union select other_seed_id from links) as linked
    inner join records on records.client_record_id = linked.seed_id
),

edges as (
    select distinct one.node as a, two.node as b
    from links
    inner join nodes as one on one.seed_id = links.seed_id
    inner join nodes as two on two.seed_id = links.other_seed_id
),

{{ connected_components('edges') }},

merged as (
    select
        records.client_record_id,
        records.seed_id,
        coalesce(first_nodes.seed_id, records.seed_id) as client_id
    from records
    left join nodes on nodes.seed_id = records.seed_id
    left join components on components.node = nodes.node
    left join nodes as first_nodes on first_nodes.node = components.component
)

select * from merged

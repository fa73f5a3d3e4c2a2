{#
    Which nodes belong together, as CTEs to stand in a `with recursive`: `components` has one row per node that has an
    edge, with the smallest node that it reaches. `edges` has integer columns a, b; each pair once is enough.
    Labels spread to neighbours and to everything that shares a label, so a chain of n nodes takes about log2(n)
    rounds. Round `cap` + 1 is refused with an error: a half-spread label would split a client without a word.
#}
{% macro connected_components(edges, cap=200) -%}
both_ways as materialized (
    select a, b from {{ edges }} where a <> b
    union
    select b, a from {{ edges }} where a <> b
),

spread(node, component, round) using key (node) as (
    select distinct a, a, 0 from both_ways
    union
    select
        node,
        min(component),
        case
            when max(round) < {{ cap }} then max(round) + 1
            else error('identity: labels still move after {{ cap }} rounds; see connected_components')
        end
    from (
        select held.node, moved.component, moved.round
        from spread as moved
        inner join both_ways on both_ways.b = moved.node
        inner join recurring.spread as held on held.node = both_ways.a
        where moved.component < held.component
        union all
        select held.node, moved.component, moved.round
        from spread as moved
        inner join recurring.spread as held on held.component = moved.node
        where moved.component < held.component and moved.component <> moved.node
    ) as candidates
    group by node
),

components as (
    select node, component from spread
)
{%- endmacro %}

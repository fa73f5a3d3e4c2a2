{#
    Versions of a fact as intervals: one row per `key` and stay of `value`, [valid_from, valid_to).
    `relation` has position (order of arrival) and changed_at (UTC). The first version holds from ever: nothing is
    known of before it. A change that claims to be older than the one before it holds from that one's moment, and of
    several changes at one moment the last stands.
#}
{% macro intervals_of(relation, key, value) -%}
    select
        {{ key }},
        {{ value }},
        valid_from,
        lead(valid_from) over (partition by {{ key }} order by valid_from) as valid_to
    from (
        select {{ key }}, arg_max({{ value }}, position) as {{ value }}, valid_from
        from (
            select
                {{ key }},
                {{ value }},
                position,
                max(case when is_first then {{ since_ever() }} else changed_at end)
                    over (partition by {{ key }} order by position rows unbounded preceding) as valid_from
            from (
                select *, row_number() over (partition by {{ key }} order by position) = 1 as is_first
                from {{ relation }}
            ) as numbered
        ) as started
        group by {{ key }}, valid_from
    ) as settled
{%- endmacro %}

{#
    Records that a rule of the company leaves out, with the reasons. `named`: a relation of the `key`, origin, happened_at, and a
    `field` that rules may name with its `value`.
#}
{% macro excluded_by_rule(named, key) -%}
    select {{ key }}, string_agg(reason, '; ' order by reason) as exclusion_reason
    from (
        select distinct named.{{ key }}, coalesce(rules.reason, rules.field || ' ' || rules.operator || ' ' || rules.value)
            as reason
        from {{ named }} as named
        inner join {{ ref('stg_workspace__exclusions') }} as rules
            on rules.field = named.field
            and (rules.origin is null or rules.origin = named.origin)
            and (rules.valid_from is null or coalesce(named.happened_at >= rules.valid_from, true))
            and case rules.operator
                when 'equals' then {{ normal('named.value') }} = {{ normal('rules.value') }}
                else contains({{ normal('named.value') }}, {{ normal('rules.value') }})
            end
    ) as matched
    group by {{ key }}
{%- endmacro %}

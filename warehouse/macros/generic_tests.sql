{#
    References in one pass: every value of `column` stands in `field` of `to`. Null is no reference; `or_unknown` lets the
    key of the unknown member stand where the other table has no such row.
#}
{% test references_hold(model, references) %}
{% for reference in references %}
{% if not loop.first %}union all{% endif %}
select '{{ reference.column }}' as column_name, {{ reference.column }}::varchar as missing, count(*) as row_count
from {{ model }}
where {{ reference.column }} is not null
    {% if reference.or_unknown %}and {{ reference.column }} <> 'unknown'{% endif %}
    and {{ reference.column }} not in (select {{ reference.field }} from {{ reference.to }})
group by {{ reference.column }}
{% endfor %}
{% endtest %}

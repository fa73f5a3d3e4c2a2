{#
    A key: present in every row and there once. `columns` is one name or several; those in `nullable` are part of the
    key and may be empty.
#}
{% test is_key(model, columns, nullable=[]) %}
{% set names = [columns] if columns is string else columns %}
select {{ (names + nullable) | join(', ') }}, count(*) as row_count
from {{ model }}
group by {{ (names + nullable) | join(', ') }}
having count(*) > 1 {% for name in names %}or {{ name }} is null {% endfor %}
{% endtest %}

{#
    Foreign keys of a mart in one pass: every value of `column` stands in `field` of `to`. Null is no reference;
    `or_unknown` lets the key of the unknown member stand where the other table has no such row.
#}
{% test references_hold(model, references) %}
{% for reference in references %}
select '{{ reference.column }}' as column_name, {{ reference.column }} as missing_key, count(*) as row_count
from {{ model }}
where {{ reference.column }} is not null
    {% if reference.or_unknown %}and {{ reference.column }} <> 'unknown'{% endif %}
    and {{ reference.column }} not in (select {{ reference.field }} from {{ reference.to }})
group by {{ reference.column }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
{% endtest %}

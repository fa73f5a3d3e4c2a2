{#
    A key: present in every row and there once. `columns` is one name or several; those in `nullable` are part of the
    key and may be empty.
#}
{% test is_key(model, columns, nullable=[]) %}
{{ broken_keys(model, columns, nullable) }}
{% endtest %}

{#
    The keys of a mart in one pass: its primary key, and foreign keys, of which every value of `column` stands in `field`
    of `to`. Null is no reference; `or_unknown` lets the key of the unknown member stand where the other table has no such row.
#}
{% test keys_hold(model, primary, foreign) %}
select '{{ primary | join(', ') }}' as column_name, concat_ws(', ', {{ primary | join(', ') }}) as broken_key, row_count
from ({{ broken_keys(model, primary, []) }})
{% for reference in foreign %}
union all
select '{{ reference.column }}', {{ reference.column }}, count(*)
from {{ model }}
where {{ reference.column }} is not null
    {% if reference.or_unknown %}and {{ reference.column }} <> 'unknown'{% endif %}
    and {{ reference.column }} not in (select {{ reference.field }} from {{ reference.to }})
group by {{ reference.column }}
{% endfor %}
{% endtest %}

{% macro broken_keys(model, columns, nullable) %}
{%- set names = [columns] if columns is string else columns -%}
select {{ (names + nullable) | join(', ') }}, count(*) as row_count
from {{ model }}
group by {{ (names + nullable) | join(', ') }}
having count(*) > 1 {% for name in names %}or {{ name }} is null {% endfor %}
{% endmacro %}

{#
    The key that a model's `unique_key` names, checked as the last statement of the very node that makes the relation: a
    test of its own for each of some hundred models costs dbt more than DuckDB takes to look. Every part stands in every
    row, or those alone that `meta: required_key` names.
#}
{% macro check_key(relation) %}
    {%- set unique_key = config.get('unique_key') -%}
    {%- if unique_key -%}
    {%- set columns = [unique_key] if unique_key is string else unique_key -%}
    {%- set required = config.get('meta', {}).get('required_key', columns) -%}
select error('keys ({{ columns | join(', ') }}) that are there more than once or not whole: ' || count(*) || ', such as ' || any_value(broken_key))
from ({{ broken_keys(relation, columns, required) }})
having count(*) > 0
    {%- endif -%}
{% endmacro %}

{# One row per key that stands in several rows or lacks a required part. #}
{% macro broken_keys(relation, columns, required) -%}
select concat_ws(', ', {{ columns | join(', ') }}) as broken_key
from {{ relation }}
group by {{ columns | join(', ') }}
having count(*) > 1 {% for column in required %}or {{ column }} is null {% endfor %}
{%- endmacro %}

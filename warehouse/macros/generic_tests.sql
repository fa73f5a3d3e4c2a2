{# A key: present in every row and there once. `columns` is one name or several. #}
{% test is_key(model, columns) %}
{% set names = [columns] if columns is string else columns %}
select {{ names | join(', ') }}, count(*) as row_count
from {{ model }}
group by {{ names | join(', ') }}
having count(*) > 1 {% for name in names %}or {{ name }} is null {% endfor %}
{% endtest %}

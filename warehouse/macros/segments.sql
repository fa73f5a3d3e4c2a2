{# The attributes of a client record that a saved segment may name: how the field is called, and what it is in the mart. #}
{% macro segment_attributes() -%}
    {{ return({
        'text': {
            'client': 'client_name', 'client_type': 'client_type', 'sector': 'sector', 'city': 'city',
            'country': 'country', 'origin': 'origin', 'segment': 'segment', 'rfm_cell': 'rfm_cell',
            'products_bought': 'products_bought', 'next_key_reason': 'next_key_reason',
            'manager': 'manager_name', 'department': 'department_name', 'has_consent': 'has_consent'
        },
        'number': {
            'client_orders': 'client_orders_count', 'client_amount': 'client_amount', 'average_bill': 'average_bill',
            'recency_days': 'recency_days', 'days_since_contact': 'days_since_contact',
            'gap_days': 'average_gap_days', 'probability_alive': 'probability_alive', 'churn_risk': 'churn_risk',
            'expected_value': 'expected_value'
        },
        'moment': {
            'created_at': 'created_at_local', 'first_won_at': 'first_won_at_local', 'last_won_at': 'last_won_at_local',
            'last_contact_at': 'last_contact_at_local', 'next_key_on': 'next_key_on'
        }
    }) }}
{%- endmacro %}

{# The value of the attribute that a clause names, where it is of this kind. #}
{% macro segment_attribute(kind) -%}
    {% set types = {'text': 'varchar', 'number': 'double', 'moment': 'timestamp'} -%}
    case clauses.attribute
    {%- for name, column in segment_attributes()[kind].items() %}
        when '{{ name }}' then cast(records.{{ column }} as {{ types[kind] }})
    {%- endfor %}
    end
{%- endmacro %}

{# Whether a rule may name it; a clause on anything else holds for nobody. #}
{% macro is_segment_attribute(column) -%}
    {% set names = [] -%}
    {% for kind in segment_attributes().values() %}{% do names.extend(kind.keys()) %}{% endfor -%}
    {{ column }} in ('{{ names | join("', '") }}')
{%- endmacro %}

{# A number from 0 up to 1 that depends on the text alone. #}
{% macro share_of_digest(text) -%}
    cast(cast('0x' || left(md5({{ text }}), 8) as bigint) / 4294967296.0 as double)
{%- endmacro %}

{# The percent rank of each value of a month among the clients of `grown`, as a fifth. Values are counted before they
   are ranked: to sort every client of every month by each of them takes twice as long. #}
{% macro fifths(value, order='asc') -%}
    select
        month_start,
        {{ value }},
        least(5, 1 + floor(5 * coalesce(
            (sum(clients_count) over (partition by month_start order by {{ value }} {{ order }}) - clients_count)
            / nullif(sum(clients_count) over (partition by month_start) - 1, 0), 0
        ))) as fifth
    from (select month_start, {{ value }}, count(*) as clients_count from grown group by month_start, {{ value }})
{%- endmacro -%}

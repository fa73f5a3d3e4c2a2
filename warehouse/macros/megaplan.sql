{# What Megaplan calls the outcome of a state and of a deal; null where an account tells of none. #}
{% macro megaplan_outcome(word) -%}
    case {{ word }} when 'positive' then 'won' when 'negative' then 'lost' when 'active' then 'open' end
{%- endmacro %}

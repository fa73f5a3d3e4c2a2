{# Doubling spans of days in a stage: under a week, two, a month, two, four, and longer. #}
{% macro deal_age_band(days) -%}
    cast(
        ({{ days }} >= 7)::integer + ({{ days }} >= 14)::integer + ({{ days }} >= 30)::integer
        + ({{ days }} >= 60)::integer + ({{ days }} >= 120)::integer as integer
    )
{%- endmacro %}

{# Half powers of ten of an amount, so that the bands suit any company and currency; -1 without one. #}
{% macro deal_amount_band(amount) -%}
    cast(case when {{ amount }} >= 1 then floor(2 * log10({{ amount }})) else -1 end as integer)
{%- endmacro %}

{# The method to read where a reader names none: open deals tell of wins alone. #}
{% macro is_chosen_method(metric, method) -%}
    {{ method }} = case when {{ metric }} in ('won_amount', 'won_count') then 'blended' else 'top-down' end
{%- endmacro %}

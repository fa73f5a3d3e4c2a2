{# UTC wall time as wall time in a zone. Null stays null. #}
{% macro local_time(column, zone) -%}
    cast(timezone({{ zone }}, timezone('UTC', {{ column }})) as timestamp)
{%- endmacro %}

{# The beginning of time for intervals: what a source first showed holds from here. #}
{% macro since_ever() -%}
    cast('1970-01-01' as timestamp)
{%- endmacro %}

{# Whole and part days between two moments. #}
{% macro days_between(started, ended) -%}
    epoch({{ ended }} - {{ started }}) / 86400.0
{%- endmacro %}

{# Whole seconds between two moments. #}
{% macro seconds_between(started, ended) -%}
    cast(floor(epoch({{ ended }} - {{ started }})) as bigint)
{%- endmacro %}

{# A moment written as ISO text, with or without an offset, as naive UTC. #}
{% macro utc_from_text(column) -%}
    timezone('UTC', try_cast({{ column }} as timestamptz))
{%- endmacro %}

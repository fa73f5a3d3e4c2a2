{#
    UTC wall time as wall time in a zone. Null stays null. The company's own zone is written out as a constant: with a
    zone from a column DuckDB sets its calendar anew in every row, which is five times slower. The result is the same.
#}
{% macro local_time(column, zone) -%}
    {%- set usual = company_zone() -%}
    case
        when {{ zone }} = '{{ usual }}' then cast(timezone('{{ usual }}', timezone('UTC', {{ column }})) as timestamp)
        else cast(timezone({{ zone }}, timezone('UTC', {{ column }})) as timestamp)
    end
{%- endmacro %}

{# The zone that most rows have, looked up when a model is compiled. #}
{% macro company_zone() -%}
    {%- if execute -%}
        {%- set found = run_query('select timezone from raw.all_workspace.company_settings where not _deleted') -%}
        {{- found.rows[0][0] if found.rows | length == 1 else 'UTC' -}}
    {%- else -%}
        UTC
    {%- endif -%}
{%- endmacro %}

{# The beginning of time for intervals: what a source first showed holds from here. #}
{% macro since_ever() -%}
    cast('1970-01-01' as timestamp)
{%- endmacro %}

{#
    A moment that may be missing, as the left side of `asof … >=`: a null comes before all and so finds nothing. As it is,
    the sorted ASOF join of DuckDB 1.5 gives a null the last row, and its other one, for few rows, gives it none.
#}
{% macro asof_moment(column) -%}
    coalesce({{ column }}, cast('0001-01-01' as timestamp))
{%- endmacro %}

{#
    Whether an interval [valid_from, valid_to) of `intervals_of` holds at a moment; none holds at null. Of one key one
    holds at a time, so joined by key and this a row finds what an ASOF join finds, which sorts all rows for it.
#}
{% macro holds_at(interval, moment) -%}
    {{ moment }} >= {{ interval }}.valid_from and {{ moment }} < coalesce({{ interval }}.valid_to, cast('infinity' as timestamp))
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

{#
    Working seconds of somebody from the beginning of the calendar to a local moment: `day` is an alias of the calendar's
    row of its date with opens_second, open_seconds and worked_before, `away` one of the person's with missed_seconds and
    missed_before, or of nothing. Null where the calendar has no such day.
#}
{% macro worked_until(day, away, moment) -%}
    ({{ day }}.worked_before - coalesce({{ away }}.missed_before, 0) + case when {{ away }}.missed_seconds > 0 then 0
        else greatest(least(
            epoch({{ moment }}) - epoch(date_trunc('day', {{ moment }})) - {{ day }}.opens_second, {{ day }}.open_seconds
        ), 0) end)
{%- endmacro %}

{# Whether a rule holds by the day of the build; one without a day always held. #}
{% macro in_force(valid_from) -%}
    ({{ valid_from }} is null or {{ valid_from }} <= cast('{{ run_started_at.strftime("%Y-%m-%d") }}' as date))
{%- endmacro %}

{# Seconds of a duration written as `mm:ss` or `hh:mm:ss`. #}
{% macro seconds_of(column) -%}
    list_sum(list_transform(
        list_reverse(string_split({{ column }}, ':')),
        lambda part, position : coalesce(try_cast(part as integer), 0) * cast(power(60, position - 1) as integer)
    ))
{%- endmacro %}

{#
    A large table is made in shares, one after another, so that sorts and windows over it fit in memory however large it
    grows: what does not fit is spilled at many times its cost, or fails. Its model says in `meta: in_shares` `of` which
    relation so many `rows` fit in a gigabyte of DuckDB's memory, beside another model that is made at the same time, and
    filters its inputs by `in_share`, or by `in_span` with the column as `by`.
    Each share reads the inputs anew, so they should be few: as large as just fits.
    Outside of such a build (a small company, one that goes on, a unit test) both are true, and DuckDB drops them.
#}

{# Rows of one share of all keys. Whatever belongs together has the same key, so no window is cut. #}
{% macro in_share(key) -%}
    coalesce(hash({{ key }}) % getvariable('shares') = getvariable('share'), true)
{%- endmacro %}

{# Rows of one span of time; each is sorted by itself and the spans follow one another, so the whole is sorted. #}
{% macro in_span(moment) -%}
    coalesce(coalesce({{ moment }}, cast('-infinity' as timestamp)) >= getvariable('span_from')
        and (coalesce({{ moment }}, cast('-infinity' as timestamp)) < getvariable('span_to')
            or getvariable('span_to') = cast('infinity' as timestamp)), true)
{%- endmacro %}

{# The settings of each share of a table, as statements; one empty text where it is made whole. #}
{% macro shares_of(in_shares) %}
    {%- if in_shares is none -%}{{ return(['']) }}{%- endif -%}
    {%- set relation = graph.nodes.values() | selectattr('name', 'equalto', in_shares.of) | map(attribute='relation_name') | first -%}
    {%- set rows = run_query("select count(*) from " ~ relation)[0][0] -%}
    {%- set fitting = [in_shares.rows * gigabytes_of_memory() * var('share_scale'), 1] | max -%}
    {%- set count = (rows / fitting) | round(0, 'ceil') | int -%}
    {%- if count <= 1 -%}{{ return(['']) }}{%- endif -%}
    {{ return(spans_of(relation, in_shares.by, count) if in_shares.by is defined else keys_of(count)) }}
{% endmacro %}

{# What DuckDB may use, which it writes as `1.8 GiB`. #}
{% macro gigabytes_of_memory() %}
    {%- set limit = run_query("select current_setting('memory_limit')")[0][0] -%}
    {%- set number, unit = limit.split(' ') -%}
    {{ return((number | float) * {'KiB': 0.000001, 'MiB': 0.001, 'GiB': 1.07, 'TiB': 1100, 'PiB': 1126000}[unit]) }}
{% endmacro %}

{% macro keys_of(count) %}
    {%- set settings = [] -%}
    {%- for share in range(count) -%}
        {%- do settings.append("set variable shares = " ~ count ~ "::ubigint; set variable share = " ~ share ~ "::ubigint;") -%}
    {%- endfor -%}
    {{ return(settings) }}
{% endmacro %}

{% macro spans_of(relation, moment, count) %}
    {%- set places = [] -%}
    {%- for share in range(1, count) -%}{%- do places.append(share / count) -%}{%- endfor -%}
    {%- set quantiles -%}
        select distinct unnest(approx_quantile({{ moment }}, {{ places }})) as place from {{ relation }} order by place
    {%- endset -%}
    {%- set ends = run_query(quantiles).columns[0].values() | list + ['infinity'] -%}
    {%- set settings = [] -%}
    {%- for end in ends -%}
        {%- set begin = '-infinity' if loop.first else ends[loop.index0 - 1] -%}
        {%- do settings.append("set variable span_from = timestamp '" ~ begin ~ "'; set variable span_to = timestamp '" ~ end ~ "';") -%}
    {%- endfor -%}
    {{ return(settings) }}
{% endmacro %}

{# What a share leaves behind would filter the next table. #}
{% macro reset_shares() -%}
    reset variable shares; reset variable share; reset variable span_from; reset variable span_to;
{%- endmacro %}

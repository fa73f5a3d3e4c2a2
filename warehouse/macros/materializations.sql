{#
    dbt's own materializations make each relation under another name, rename it and drop the old one, so that
    readers never miss it. A build has no readers: its file is published whole or thrown away. Made in place, a node
    costs one statement instead of six, each of which dbt renders with a macro context of its own.
#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
{% set target = make_room_for(this, 'table') %}
{% set shares = shares_of(config.get('meta', {}).get('in_shares')) %}
{% if model.language == 'python' %}
    {% call statement('main', language='python', auto_begin=false) %}
        {{ create_table_as(false, target, compiled_code, 'python') }}
    {% endcall %}
    {% call statement('key', auto_begin=false) %}
        {{ check_key(target) }}
    {% endcall %}
{% elif shares | length == 1 %}
    {% call statement('main', auto_begin=false) %}
        {{ create_table_as(false, target, compiled_code) }}; {{ check_key(target) }}
    {% endcall %}
{% else %}
    {% call statement('main', auto_begin=false) %}
        {{ shares[0] }} {{ create_table_as(false, target, compiled_code) }}; {{ reset_shares() }}
    {% endcall %}
    {% for settings in shares[1:] %}
        {% call statement('share', auto_begin=false) %}
            {{ settings }} insert into {{ target }} by name ({{ compiled_code }}); {{ reset_shares() }}
        {% endcall %}
    {% endfor %}
    {% call statement('key', auto_begin=false) %}
        {{ check_key(target) }}
    {% endcall %}
{% endif %}
{{ return({'relations': [target]}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
{% set target = make_room_for(this, 'view') %}
{% call statement('main', auto_begin=false) %}
    {{ create_view_as(target, sql) }}; {{ check_key(target) }}
{% endcall %}
{{ return({'relations': [target]}) }}
{% endmaterialization %}

{# The relation of a node as `type`; what the last published file held under its name is dropped. #}
{% macro make_room_for(relation, type) %}
{% set existing = load_cached_relation(relation) %}
{% if existing is not none %}
    {% do adapter.drop_relation(existing) %}
{% endif %}
{{ return(relation.incorporate(type=type)) }}
{% endmacro %}

{# A data test as one query. Failures are counted here; the rows are found by the compiled test. #}
{% materialization test, adapter='duckdb' %}
{% call statement('main', fetch_result=true, auto_begin=false) %}
    {{ get_test_sql(sql, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), config.get('limit')) }}
{% endcall %}
{{ return({'relations': []}) }}
{% endmaterialization %}

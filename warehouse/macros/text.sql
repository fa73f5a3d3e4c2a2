{# Blank text is no text. #}
{% macro clean(column) -%}
    nullif(trim(cast({{ column }} as varchar)), '')
{%- endmacro %}

{# The form in which two spellings of a name count as the same: case and spaces do not matter. #}
{% macro normal(column) -%}
    lower(trim(regexp_replace({{ column }}, '\s+', ' ', 'g')))
{%- endmacro %}

{# A key across sources: '<source name>:<id>', null where there is no id. #}
{% macro source_key(origin, id) -%}
    {{ origin }} || ':' || {{ id }}
{%- endmacro %}

{# An id of the CRM as text; '0' and blank mean none there. #}
{% macro crm_id(column) -%}
    nullif(nullif(trim(cast({{ column }} as varchar)), ''), '0')
{%- endmacro %}

{# A list that arrived as JSON text. #}
{% macro json_list(column) -%}
    coalesce(try_cast(cast({{ column }} as json) as varchar[]), cast([] as varchar[]))
{%- endmacro %}

{# Telephone numbers and addresses in messages: enough to recognise, too little to dial or write to. #}
{% macro masked(column) -%}
    case
        when contains({{ column }}, '@') then left({{ column }}, 1) || '…@' || split_part({{ column }}, '@', 2)
        else '…' || right({{ column }}, 4)
    end
{%- endmacro %}

{# A short name for something that must not be written out in a key. #}
{% macro digest(column) -%}
    left(md5({{ column }}), 12)
{%- endmacro %}

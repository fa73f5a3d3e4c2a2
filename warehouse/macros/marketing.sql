{#
    The channel of a campaign's marks (UTM source and medium, click id), by the words that the services themselves use.
    Null where there is no mark. Click ids are written `<name of the parameter>:<value>`.
#}
{% macro marketing_channel(source, medium, click_id) -%}
    case
        when {{ click_id }} like 'yclid:%' then 'Yandex.Direct'
        when {{ click_id }} like 'gclid:%' then 'Google Ads'
        when regexp_matches(lower({{ medium }}), '^(cpc|ppc|cpm|cpv|cpa|paid.*|.*paid|display|banner|retargeting)$') then case
            when regexp_matches(lower({{ source }}), 'yandex|^direct$') then 'Yandex.Direct'
            when regexp_matches(lower({{ source }}), 'google|adwords') then 'Google Ads'
            when regexp_matches(lower({{ source }}), 'facebook|instagram|meta|^fb$|^ig$') then 'Meta Ads'
            else 'Other advertising' end
        when regexp_matches(lower(coalesce({{ medium }}, {{ source }})), 'e-?mail|newsletter|mailchimp') then 'Email'
        when lower({{ medium }}) = 'organic' then 'Organic search'
        when regexp_matches(lower({{ medium }}), 'social|^smm$') then 'Social networks'
        when regexp_matches(lower({{ medium }}), 'referral|^link$') then 'Referrals'
        when lower({{ source }}) in ('(direct)', 'direct') or lower({{ medium }}) in ('(none)', 'none') then 'Direct'
        when coalesce({{ source }}, {{ medium }}) is not null then 'Other campaigns'
    end
{%- endmacro %}

{# A page as host and path: without scheme, query, fragment and a slash at its end. #}
{% macro page_of(column) -%}
    nullif(rtrim(regexp_replace(
        regexp_replace(trim(cast({{ column }} as varchar)), '[?#].*$', ''), '^(https?:)?//(www\.)?', '', 'i'), '/'), '')
{%- endmacro %}

{# A click id with the name of its parameter; null where there is none. #}
{% macro click_mark(name, column) -%}
    '{{ name }}:' || {{ clean(column) }}
{%- endmacro %}

{# What visits are counted by. #}
{% macro visit_columns() -%}
    {{ return(['origin', 'channel', 'utm_source', 'utm_medium', 'campaign', 'keyword', 'landing_page', 'day']) }}
{%- endmacro %}

{# A parameter of a page's address; null where it has none. #}
{% macro page_parameter(column, name) -%}
    nullif(url_decode(replace(regexp_extract({{ column }}, '[?&#]{{ name }}=([^&#]+)', 1), '+', ' ')), '')
{%- endmacro %}

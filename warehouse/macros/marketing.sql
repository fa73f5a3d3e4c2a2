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

{#
    Of a map of own fields the one of this name, however the CRM writes it: utm_source, UTM_Source__c, new_utmsource and
    UsrUtmSource are all `utmsource`.
#}
{% macro own_mark(own, name) -%}
    nullif(trim(cast({{ own }} as json) ->> list_filter(
        json_keys(cast({{ own }} as json)),
        lambda each : ends_with(regexp_replace(lower(each), '_c$|[^a-z0-9]', '', 'g'), '{{ name }}')
    )[1]), '')
{%- endmacro %}

{# Records that tell of deals by fields of their own: a map `own`, and the `address` of a page where they know one. #}
{% macro own_fields(from, deal_id='id', own='_extra', address='cast(null as varchar)') -%}
    select source_name, {{ deal_id }} as deal_id, {{ own }} as own, {{ address }} as address
    from {{ from }}
    where not _deleted
{%- endmacro %}

{# Marks of a campaign by a map of own fields, else by the address of a page: columns of a select. #}
{% macro told_marks(own, address) -%}
    {% for name, column in [
        ('utm_source', 'utm_source'), ('utm_medium', 'utm_medium'), ('utm_campaign', 'campaign'),
        ('utm_term', 'keyword'), ('utm_content', 'content')
    ] -%}
    coalesce({{ own_mark(own, name | replace('_', '')) }}, {{ page_parameter(address, name) }}) as {{ column }},
    {% endfor -%}
    coalesce(
        'yclid:' || coalesce({{ own_mark(own, 'yclid') }}, {{ page_parameter(address, 'yclid') }}),
        'gclid:' || coalesce({{ own_mark(own, 'gclid') }}, {{ page_parameter(address, 'gclid') }})
    ) as click_id,
    {{ page_of(address) }} as landing_page
{%- endmacro %}

{#
    Where deals came from by the word of CRMs that have no such fields of their own. `tellers`: selects with the columns
    of `own_fields`; of a deal the first counts that says something.
#}
{% macro own_deal_marks(tellers) -%}
with

records as (
    {% for teller in tellers -%}
    select *, {{ loop.index }} as number from ({{ teller }})
    {% if not loop.last %}union all{% endif %}
    {% endfor -%}
),

told as (
    select
        source_name,
        deal_id,
        number,
        {{ told_marks('own', 'address') }}
    from records
    where {{ crm_id('deal_id') }} is not null
)

select
    {{ source_key('source_name', 'deal_id') }} as deal_id,
    utm_source,
    utm_medium,
    campaign,
    keyword,
    content,
    landing_page,
    click_id,
    cast(null as varchar) as visitor_ref
from told
where coalesce(utm_source, utm_medium, campaign, click_id, landing_page) is not null
qualify row_number() over (partition by source_name, deal_id order by number) = 1
{%- endmacro %}

{#
    The campaign that a record came by, as columns of a select: its own marks (the relation `marks`, with `channel` of
    them), else those of the visit before it (`visits`), which also tells the rest of marks of its own channel.
#}
{% macro origin_columns(marks, channel, source_id) -%}
        coalesce({{ channel }}, visits.channel) as channel,
        case when {{ channel }} is not null then {{ marks }}.utm_source else visits.utm_source end as utm_source,
        case when {{ channel }} is not null then {{ marks }}.utm_medium else visits.utm_medium end as utm_medium,
        case when {{ marks }}.campaign is not null then {{ marks }}.campaign
            when {{ channel }} is null or {{ channel }} = visits.channel then visits.campaign end as campaign,
        case when {{ marks }}.keyword is not null then {{ marks }}.keyword
            when {{ channel }} is null or {{ channel }} = visits.channel then visits.keyword end as keyword,
        coalesce({{ marks }}.landing_page, visits.landing_page) as landing_page,
        case when {{ channel }} is not null then 'marks' when visits.channel is not null then 'visit'
            when {{ source_id }} <> 'unknown' then 'lead source' else 'unknown' end as found_by
{%- endmacro %}

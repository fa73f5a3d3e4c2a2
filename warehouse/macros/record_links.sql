{#
    Where a record stands in its CRM: by the pattern of its source, else what the record says itself. Only a web address
    is one, whoever wrote it.
#}
{% macro record_address(pattern, id, own) -%}
    {%- set address = "coalesce(replace(" ~ pattern ~ ", '{id}', " ~ id ~ "), " ~ own ~ ")" -%}
    case when starts_with(lower({{ address }}), 'https://') or starts_with(lower({{ address }}), 'http://')
            then {{ address }} end
{%- endmacro %}

{# A record of HubSpot; `type` is the number of its kind, and `account` a relation of portal ids and domains. #}
{% macro hubspot_address(type, id) -%}
    'https://' || account.ui_domain || '/contacts/' || account.portal_id || '/record/{{ type }}/' || {{ id }}
{%- endmacro %}

{# A UUID as the links of 1C write it: its five groups in another order. #}
{% macro onec_link_id(id) -%}
    replace(substr({{ id }}, 20) || substr({{ id }}, 15, 4) || substr({{ id }}, 10, 4) || substr({{ id }}, 1, 8), '-', '')
{%- endmacro %}

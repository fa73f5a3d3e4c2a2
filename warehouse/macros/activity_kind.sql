{# Kind of an activity by the CRM's provider, where its type does not tell. #}
{% macro activity_kind(provider) -%}
    case
        when upper({{ provider }}) like '%TODO%' or upper({{ provider }}) like '%TASK%' then 'task'
        when upper({{ provider }}) like '%CALL%' then 'call'
        when upper({{ provider }}) like '%MEETING%' then 'meeting'
        when upper({{ provider }}) like '%EMAIL%' then 'email'
        when upper({{ provider }}) like '%SMS%' then 'sms'
        when upper({{ provider }}) like 'IMOPENLINES%' then 'chat'
        else 'other'
    end
{%- endmacro %}

{{ config(enabled=is_connected('suitecrm')) }}
{% set currencies -%}
    select source_name, id as currency_id, {{ clean('code') }} as currency
    from {{ source('suitecrm', 'currencies') }}
    where not _deleted
{%- endset %}
{{ sugar_deals('suitecrm', currencies) }}

{{ config(enabled=is_connected('suitecrm')) }}
{% set records -%}
    select source_name, id as deal_id, _extra as own, cast(null as varchar) as address, 1 as number
    from {{ source('suitecrm', 'deals') }}
    where not _deleted
    union all
    select source_name, deal_id as deal_id, _extra as own, cast(null as varchar) as address, 2 as number
    from {{ source('suitecrm', 'leads') }}
    where not _deleted
{%- endset %}
{{ own_deal_marks(records) }}

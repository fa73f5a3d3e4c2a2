{{ config(enabled=is_connected('salesforce')) }}
{% set records -%}
    select source_name, id as deal_id, custom as own, cast(null as varchar) as address, 1 as number
    from {{ source('salesforce', 'deals') }}
    where not _deleted
    union all
    select source_name, deal_id, custom, cast(null as varchar), 2
    from {{ source('salesforce', 'leads') }}
    where not _deleted
{%- endset %}
{{ own_deal_marks(records) }}

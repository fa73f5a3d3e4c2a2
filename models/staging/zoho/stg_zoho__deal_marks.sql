{{ config(enabled=is_connected('zoho')) }}
{% set records -%}
    select source_name, id as deal_id, custom as own, cast(null as varchar) as address, 1 as number
    from {{ source('zoho', 'deals') }}
    where not _deleted
{%- endset %}
{{ own_deal_marks(records) }}

{{ config(enabled=is_connected('dynamics')) }}
{% set records -%}
    select source_name, id as deal_id, _extra as own, cast(null as varchar) as address, 1 as number
    from {{ source('dynamics', 'deals') }}
    where not _deleted
    union all
    select deals.source_name, deals.id, leads._extra, cast(null as varchar), 2
    from {{ source('dynamics', 'deals') }} as deals
    inner join {{ source('dynamics', 'leads') }} as leads
        on leads.source_name = deals.source_name and leads.id = deals.lead_id
    where not deals._deleted and not leads._deleted
{%- endset %}
{{ own_deal_marks(records) }}

{{ config(enabled=is_connected('dynamics')) }}
{% set leads -%}
    select deals.source_name, deals.id as deal_id, leads._extra as own, cast(null as varchar) as address
    from {{ source('dynamics', 'deals') }} as deals
    inner join {{ source('dynamics', 'leads') }} as leads
        on leads.source_name = deals.source_name and leads.id = deals.lead_id
    where not deals._deleted and not leads._deleted
{%- endset %}
{{ own_deal_marks([own_fields(source('dynamics', 'deals')), leads]) }}

{{ config(enabled=is_connected('sugarcrm')) }}
{% set entries -%}
    select source_name, deal_id as id, after as stage, max(changed_at) as closed_at
    from {{ source('sugarcrm', 'stage_history') }}
    where not _deleted and field in ('sales_stage', 'Sales Stage')
    group by all
{%- endset %}
{{ sugar_deals('sugarcrm', entries) }}

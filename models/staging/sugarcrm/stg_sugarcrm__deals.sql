{{ config(enabled=is_connected('sugarcrm')) }}
{% set currencies -%}
    select
        source_name, currency_id, currencies -> currency_id ->> 'iso4217' as currency
    from (
        select source_name, currencies, unnest(json_keys(currencies)) as currency_id
        from {{ source('sugarcrm', 'currencies') }}
        where not _deleted
    ) as listed
{%- endset %}
{% set entries -%}
    select source_name, deal_id as id, after as stage, max(changed_at) as closed_at
    from {{ source('sugarcrm', 'stage_history') }}
    where not _deleted and field in ('sales_stage', 'Sales Stage')
    group by all
{%- endset %}
{{ sugar_deals('sugarcrm', currencies, entries) }}

{{ config(enabled=is_connected('sugarcrm'), materialized='ephemeral') }}
with

source as (
    select * replace (coalesce({{ clean('product') }}, {{ clean('name') }}) as product)
    from {{ source('sugarcrm', 'lines') }}
)

{{ usual_deal_lines('source') }}

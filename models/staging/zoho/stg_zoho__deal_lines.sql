{{ config(enabled=is_connected('zoho'), materialized='ephemeral') }}
with

source as (
    select *, cast(null as varchar) as category from {{ source('zoho', 'lines') }}
)

{{ usual_deal_lines('source') }}

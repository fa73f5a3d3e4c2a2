{{ config(materialized='ephemeral') }}
with

source as (
    select *, trim(line_id) as id, trim(deal) as deal_id from {{ source('files', 'deal_lines') }}
)

{{ usual_deal_lines('source') }}

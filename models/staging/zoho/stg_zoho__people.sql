{{ config(enabled=is_connected('zoho')) }}
with

source as (
    select *, status = 'active' as is_active from {{ source('zoho', 'users') }}
)

{{ usual_people('source') }}

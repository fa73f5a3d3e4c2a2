{{ config(enabled=is_connected('sap_crm')) }}
with

source as (
    select *, true as is_active from {{ source('sap_crm', 'users') }}
)

{{ usual_people('source') }}

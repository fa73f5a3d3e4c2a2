{{ config(enabled=is_connected('sap_crm')) }}
with

source as (
    select * from {{ source('sap_crm', 'companies') }} where coalesce(category, '2') <> '1'
)

{{ usual_companies('source') }}

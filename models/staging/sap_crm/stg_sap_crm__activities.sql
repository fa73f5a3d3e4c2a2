{{ config(enabled=is_connected('sap_crm'), materialized='ephemeral') }}
with

source as (
    select
        * replace (
            case when lower(kind) like '%call%' then 'call'
                when lower(kind) like '%appointment%' or lower(kind) like '%visit%' then 'meeting' else 'task' end as kind,
            coalesce(is_done, lower(status) like 'complet%', false) as is_done,
            coalesce(completed_at, updated_at) as completed_at
        )
    from {{ source('sap_crm', 'tasks') }}
)

{{ usual_activities('source') }}

{{ config(enabled=is_connected('elma365'), materialized='ephemeral') }}
with

source as (
    select
        * replace (
            case
                when lower(kind) similar to '.*(call|звон).*' then 'call'
                when lower(kind) similar to '.*(meet|встреч).*' then 'meeting'
                else 'task'
            end as kind
        ),
        completed_at is not null as is_done
    from {{ source('elma365', 'tasks') }}
)

{{ usual_activities('source') }}

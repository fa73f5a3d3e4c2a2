{{ config(enabled=is_connected('elma365')) }}
with

source as (
    select *, {{ json_list('group_ids') }}[1] as department_id from {{ source('elma365', 'users__history') }}
)

{{ usual_person_versions('source') }}

{{ config(enabled=is_connected('elma365')) }}
with

source as (
    select *, id as department_id, name as department, cast(null as timestamp) as updated_at
    from {{ source('elma365', 'groups') }}
)

{{ usual_departments('source') }}

{{ config(enabled=is_connected('elma365')) }}
with

source as (
    select
        * exclude (name),
        coalesce({{ clean('name') }}, concat_ws(' ', first_name, last_name)) as name,
        {{ json_list('group_ids') }}[1] as department_id,
        coalesce(status not in ('3', 'blocked'), true) as is_active
    from {{ source('elma365', 'users') }}
)

{{ usual_people('source') }}

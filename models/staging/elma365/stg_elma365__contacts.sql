{{ config(enabled=is_connected('elma365')) }}
with

source as (
    select * replace (coalesce({{ clean('name') }}, concat_ws(' ', first_name, last_name)) as name)
    from {{ source('elma365', 'contacts') }}
)

{{ usual_contacts('source') }}

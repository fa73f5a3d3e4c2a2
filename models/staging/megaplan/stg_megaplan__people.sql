{{ config(enabled=is_connected('megaplan')) }}
with

source as (
    select
        *,
        concat_ws(' ', first_name, last_name) as name,
        fired_at is null and coalesce(status, '') not in ('fired', 'dismissed', 'Уволен') as is_active
    from {{ source('megaplan', 'users') }}
)

{{ usual_people('source') }}

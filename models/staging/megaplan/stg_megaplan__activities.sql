{{ config(enabled=is_connected('megaplan')) }}
with

-- A deadline is a moment, or a day whose month counts from 0.
source as (
    select
        * exclude (due_at),
        'task' as kind,
        cast(null as varchar) as contact_id,
        cast(null as varchar) as company_id,
        coalesce(status in ('completed', 'done') or completed_at is not null, false) as is_done,
        coalesce(due_at, cast(make_date(
            try_cast(due_on ->> '$.year' as bigint),
            try_cast(due_on ->> '$.month' as bigint) + 1,
            try_cast(due_on ->> '$.day' as bigint)
        ) as timestamp)) as due_at
    from {{ source('megaplan', 'tasks') }}
)

{{ usual_activities('source') }}

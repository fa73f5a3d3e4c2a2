{{ config(enabled=is_connected('megaplan')) }}
with

tables as (
    select *, 'task' as kind, coalesce(status in ('completed', 'done'), false) as is_finished,
        cast(null as varchar) as contact_id, cast(null as varchar) as company_id
    from {{ source('megaplan', 'tasks') }}
    union all by name
    select
        * exclude (category, is_dropped) replace ('todo:' || id as id),
        case
            when lower(category) similar to '.*(call|звон).*' then 'call'
            when lower(category) similar to '.*(meet|встреч).*' then 'meeting'
            else 'task'
        end as kind,
        coalesce(status = 'success', false) as is_finished
    from {{ source('megaplan', 'todos') }}
    where not coalesce(is_dropped, false)
),

-- A deadline is a moment, or a day whose month counts from 0.
source as (
    select
        * exclude (due_at),
        is_finished or completed_at is not null as is_done,
        coalesce(due_at, cast(make_date(
            try_cast(due_on ->> '$.year' as bigint),
            try_cast(due_on ->> '$.month' as bigint) + 1,
            try_cast(due_on ->> '$.day' as bigint)
        ) as timestamp)) as due_at
    from tables
)

{{ usual_activities('source') }}

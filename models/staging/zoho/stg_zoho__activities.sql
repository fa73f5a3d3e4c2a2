{{ config(enabled=is_connected('zoho')) }}
with

tables as (
    select *, 'task' as kind from {{ source('zoho', 'tasks') }}
    union all by name
    select *, 'meeting' as kind from {{ source('zoho', 'meetings') }}
),

-- What an activity is about is a deal or a company, and its id is of one of them alone.
source as (
    select
        * exclude (due_at, completed_at),
        what_id as deal_id,
        what_id as company_id,
        who_id as contact_id,
        coalesce(status = 'Completed' or (kind = 'meeting' and due_at <= _loaded_at), false) as is_done,
        coalesce(due_at, cast(due_on as timestamp)) as due_at,
        coalesce(completed_at, due_at, updated_at) as completed_at
    from tables
)

{{ usual_activities('source') }}

{{ config(enabled=is_connected('hubspot')) }}
with

tasks as (
    select source_name, id, 'task' as stream, _load_id, _loaded_at,
        case type when 'CALL' then 'call' when 'EMAIL' then 'email' else 'task' end as kind,
        subject, cast(null as varchar) as direction, owner_id,
        coalesce(status = 'COMPLETED', false) as is_completed,
        created_at, due_at, coalesce(completed_at, updated_at) as completed_at
    from {{ source('hubspot', 'tasks') }}
    where not _deleted
),

meetings as (
    select source_name, id, 'meeting' as stream, _load_id, _loaded_at, 'meeting' as kind,
        title as subject, cast(null as varchar) as direction, owner_id,
        coalesce(outcome = 'COMPLETED', false) as is_completed,
        created_at, started_at as due_at, coalesce(ended_at, started_at) as completed_at
    from {{ source('hubspot', 'meetings') }}
    where not _deleted
),

-- A mail is there when it came or was sent; one that bounced, failed or is still to be sent reached nobody.
emails as (
    select source_name, id, 'email' as stream, _load_id, _loaded_at, 'email' as kind,
        subject, case when direction = 'INCOMING_EMAIL' then 'in' else 'out' end as direction, owner_id,
        coalesce(direction = 'INCOMING_EMAIL' or status = 'SENT', false) as is_completed,
        sent_at as created_at, cast(null as timestamp) as due_at, sent_at as completed_at
    from {{ source('hubspot', 'emails') }}
    where not _deleted
),

notes as (
    select source_name, id, 'note' as stream, _load_id, _loaded_at, 'note' as kind,
        cast(null as varchar) as subject, cast(null as varchar) as direction, owner_id, true as is_completed,
        noted_at as created_at, cast(null as timestamp) as due_at, noted_at as completed_at
    from {{ source('hubspot', 'notes') }}
    where not _deleted
),

source as (
    select * from tasks
    union all
    select * from meetings
    union all
    select * from emails
    union all
    select * from notes
),

deals as (
    {% for kind in ['task', 'meeting', 'email', 'note'] -%}
    select source_name, {{ kind }}_id as id, '{{ kind }}' as stream, ({{ json_list('deal_ids') }})[1] as deal_id
    from {{ source('hubspot', kind ~ '_deals') }} where not _deleted
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

contacts as (
    {% for kind in ['meeting', 'email', 'note'] -%}
    select source_name, {{ kind }}_id as id, '{{ kind }}' as stream, ({{ json_list('contact_ids') }})[1] as contact_id
    from {{ source('hubspot', kind ~ '_contacts') }} where not _deleted
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as activity_id,
        source_name as origin,
        kind,
        {{ clean('subject') }} as subject,
        direction,
        {{ crm_id('owner_id') }} as owner_ref,
        {{ crm_id('deals.deal_id') }} as deal_ref,
        {{ crm_id('contacts.contact_id') }} as contact_ref,
        is_completed,
        created_at,
        due_at,
        case when is_completed then completed_at end as completed_at,
        source._load_id,
        source._loaded_at
    from source
    left join deals using (source_name, stream, id)
    left join contacts using (source_name, stream, id)
)

select * from renamed

-- One row per entity, column and reason for which rows of a source wait in quarantine.
with

quarantined as (
    select * from {{ ref('stg_embut__quarantined_rows') }} where resolved_at is null
),

-- A source that is a day behind the newest load has stopped; a quiet one still loads.
fresh as (
    select origin, max(finished_at) as last_load_at, max(max(finished_at)) over () as newest_load_at
    from {{ ref('stg_embut__loads') }}
    group by origin
),

found as (
    select
        'source_behind' as check_name,
        'warning' as severity,
        'source' as entity,
        origin as record_key,
        origin as record_label,
        strftime(last_load_at, '%Y-%m-%d %H:%M') as value,
        'The source last loaded a day or more before the newest load' as message,
        origin,
        1 as found_rows
    from fresh
    where last_load_at <= newest_load_at - interval 1 day and origin <> 'workspace'
    union all by name
    select
        'row_quarantined' as check_name,
        'error' as severity,
        entity,
        origin || ':' || entity || ':' || coalesce(column_name, '') || ':' || coalesce(reason, '') as record_key,
        min(file) || coalesce(' line ' || cast(min(line) as varchar), '') as record_label,
        min(value) as value,
        'Rows wait in quarantine: ' || coalesce(reason, 'no reason') as message,
        origin,
        count(*) as found_rows
    from quarantined
    group by origin, entity, column_name, reason
)

select * from found

-- One row per entity, column and reason for which rows of a source wait in quarantine.
with

quarantined as (
    select * from {{ ref('stg_embut__quarantined_rows') }} where resolved_at is null
),

found as (
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

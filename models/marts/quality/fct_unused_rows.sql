with

waiting as (
    select * from {{ ref('stg_embut__quarantined_rows') }} where resolved_at is null
),

loads as (
    select * from {{ ref('stg_embut__loads') }}
),

settings as (
    select timezone from {{ ref('stg_workspace__company_settings') }}
),

final as (
    select
        waiting.quarantine_id,
        waiting.origin,
        waiting.entity,
        waiting.column_name,
        waiting.value,
        waiting.reason,
        waiting.file,
        waiting.line,
        waiting.record,
        loads.finished_at as arrived_at,
        {{ local_time('loads.finished_at', 'settings.timezone') }} as arrived_at_local,
        waiting.load_id as _load_id
    from waiting
    cross join settings
    left join loads on waiting.load_id = loads.load_id
)

select * from final

{{ config(enabled=is_connected('sugarcrm')) }}
with

changes as (
    select *, row_number() over (partition by source_name, deal_id order by changed_at, id) as number
    from {{ source('sugarcrm', 'stage_history') }}
    where not _deleted and field in ('sales_stage', 'Sales Stage')
),

-- The log has no first stage: it is the one before the first change, or the present one.
source as (
    select
        deals.source_name, false as _deleted, coalesce(changes._load_id, deals._load_id) as _load_id,
        coalesce(changes._loaded_at, deals._loaded_at) as _loaded_at, deals.id || ':0' as id, deals.id as deal_id,
        '0' as pipeline_ref, coalesce(changes.before, deals.stage) as stage_ref, deals.created_at as entered_at
    from {{ source('sugarcrm', 'deals') }} as deals
    left join changes
        on changes.source_name = deals.source_name and changes.deal_id = deals.id and changes.number = 1
    where not deals._deleted
    union all by name
    select
        source_name, _deleted, _load_id, _loaded_at, id, deal_id, '0' as pipeline_ref, after as stage_ref,
        changed_at as entered_at
    from changes
)

{{ usual_stage_moves('source') }}

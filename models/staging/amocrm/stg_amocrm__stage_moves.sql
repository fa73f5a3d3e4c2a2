{{ config(enabled=is_connected('amocrm')) }}
with

source as (
    select * from {{ source('amocrm', 'stage_history') }} where not _deleted and entity_type = 'lead'
),

-- The service has no event for a deal's first stage: its first move says from where it went, its record since when.
firsts as (
    select source.* from source
    qualify row_number() over (partition by source_name, entity_id order by created_at, id) = 1
),

moves as (
    select source_name, id, entity_id, pipeline_after as pipeline_ref, status_after as stage_ref, created_at as entered_at,
        created_by, _load_id, _loaded_at
    from source
    union all by name
    select firsts.source_name, firsts.id || ':first' as id, firsts.entity_id, firsts.pipeline_before as pipeline_ref,
        firsts.status_before as stage_ref, deals.created_at as entered_at, firsts._load_id, firsts._loaded_at
    from firsts
    inner join {{ source('amocrm', 'deals') }} as deals
        on deals.source_name = firsts.source_name and cast(deals.id as varchar) = firsts.entity_id
    union all by name
    select deals.source_name, 'deal:' || deals.id as id, cast(deals.id as varchar) as entity_id,
        deals.pipeline_id as pipeline_ref, deals.status_id as stage_ref, deals.created_at as entered_at,
        deals._load_id, deals._loaded_at
    from {{ source('amocrm', 'deals') }} as deals
    where not deals._deleted and not exists (
        select 1 from source where source.source_name = deals.source_name and source.entity_id = cast(deals.id as varchar)
    )
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as stage_event_id,
        source_name as origin,
        {{ source_key('source_name', 'entity_id') }} as deal_id,
        pipeline_ref,
        stage_ref,
        case created_by when '0' then 'auto' else 'manual' end as how,
        entered_at,
        row_number() over (partition by source_name, entity_id order by entered_at, id) as position,
        _load_id,
        _loaded_at
    from moves
)

select * from renamed

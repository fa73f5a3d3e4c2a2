{{ config(enabled=is_connected('hubspot')) }}
with

source as (
    select *, row_number() over (partition by source_name, deal_id order by entered_at, key) as position
    from {{ source('hubspot', 'stage_history') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', 'key') }} as stage_event_id,
        source_name as origin,
        {{ source_key('source_name', 'deal_id') }} as deal_id,
        {{ clean('pipeline_id') }} as pipeline_ref,
        {{ clean('stage_id') }} as stage_ref,
        case when source_type in ('CRM_UI', 'MOBILE_IOS', 'MOBILE_ANDROID', 'BATCH_UPDATE') then 'manual' else 'auto' end as how,
        entered_at,
        position,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

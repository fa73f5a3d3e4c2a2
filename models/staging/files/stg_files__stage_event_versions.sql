{{ config(materialized='ephemeral') }}
with

source as (
    select * from {{ source('files', 'stage_events__history') }}
),

renamed as (
    select
        {{ source_key('source_name', "trim(event_id)") }} as stage_event_id,
        source_name as origin,
        {{ source_key('source_name', "trim(deal_id)") }} as deal_id,
        {{ clean('pipeline') }} as pipeline_ref,
        {{ clean('stage') }} as stage_ref,
        entered_at,
        try_cast(event_id as bigint) as position,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(materialized='ephemeral') }}
with

source as (
    select * from {{ source('bitrix24', 'stage_history__history') }}
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as stage_event_id,
        source_name as origin,
        {{ source_key('source_name', "trim(cast(owner_id as varchar))") }} as deal_id,
        coalesce({{ clean('category_id') }}, '0') as pipeline_ref,
        {{ clean('stage_id') }} as stage_ref,
        created_time as entered_at,
        cast(id as bigint) as position,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select
        *,
        row_number() over by_time as position,
        lag(stage) over by_time as stage_before
    from {{ source('salesforce', 'stage_history') }}
    where not _deleted
    window by_time as (partition by source_name, deal_id order by created_at, id)
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as stage_event_id,
        source_name as origin,
        {{ source_key('source_name', 'deal_id') }} as deal_id,
        'default' as pipeline_ref,
        {{ clean('stage') }} as stage_ref,
        cast(null as varchar) as how,
        created_at as entered_at,
        position,
        _load_id,
        _loaded_at
    from source
    where stage is distinct from stage_before
)

select * from renamed

{{ config(enabled=is_connected('creatio')) }}
with

source as (
    select * from {{ source('creatio', 'stage_history') }} where not _deleted and not coalesce(is_hidden, false)
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as stage_event_id,
        source_name as origin,
        {{ source_key('source_name', 'deal_id') }} as deal_id,
        '0' as pipeline_ref,
        stage_id as stage_ref,
        coalesce(start_date, created_on) as entered_at,
        row_number() over (partition by source_name, deal_id order by coalesce(start_date, created_on), created_on, id) as position,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

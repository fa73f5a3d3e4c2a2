{{ config(enabled=is_connected('hubspot')) }}
with

source as (
    select * from {{ source('hubspot', 'stages__history') }}
),

renamed as (
    select
        source_name as origin,
        pipeline_id as pipeline_ref,
        id as stage_ref,
        display_order as sort_order,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

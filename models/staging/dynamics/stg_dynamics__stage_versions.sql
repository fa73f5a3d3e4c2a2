{{ config(enabled=is_connected('dynamics')) }}
with

source as (
    select * from {{ source('dynamics', 'stages__history') }}
),

renamed as (
    select
        source_name as origin,
        pipeline_id as pipeline_ref,
        id as stage_ref,
        category as sort_order,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

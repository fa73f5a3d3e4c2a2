{{ config(enabled=is_connected('onec')) }}
with

source as (
    select * from {{ source('onec', 'stages__history') }}
),

renamed as (
    select
        source_name as origin,
        coalesce(pipeline_id, '0') as pipeline_ref,
        id as stage_ref,
        sort as sort_order,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

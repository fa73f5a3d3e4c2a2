{{ config(enabled=is_connected('creatio')) }}
with

source as (
    select * from {{ source('creatio', 'stages__history') }}
),

renamed as (
    select
        source_name as origin,
        '0' as pipeline_ref,
        id as stage_ref,
        number as sort_order,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

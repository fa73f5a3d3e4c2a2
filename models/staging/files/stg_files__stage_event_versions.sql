{{ config(materialized='ephemeral') }}
with

source as (
    select * from {{ source('files', 'stage_events__history') }}
),

renamed as (
    select
        {{ files_stage_move() }},
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(materialized='ephemeral') }}
with

source as (
    select * from {{ source('bitrix24', 'stage_history__history') }}
),

renamed as (
    select
        {{ bitrix24_stage_move() }},
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

with

source as (
    select * from {{ source('bitrix24', 'stage_history') }} where not _deleted
),

renamed as (
    select
        {{ bitrix24_stage_move() }},
        _load_id,
        _loaded_at
    from source
)

select * from renamed

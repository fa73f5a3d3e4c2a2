with

source as (
    select * from {{ source('files', 'stage_events') }} where not _deleted
),

renamed as (
    select
        {{ files_stage_move() }},
        case when lower(how) in ('manual', 'auto') then lower(how) end as how,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

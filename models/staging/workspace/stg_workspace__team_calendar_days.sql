with

source as (
    select * from {{ source('workspace', 'team_calendar_days') }} where not _deleted
),

renamed as (
    select
        kind || ':' || team as calendar_id,
        kind as team_kind,
        team,
        day as date_day,
        is_working as is_working_day,
        opens_at,
        closes_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

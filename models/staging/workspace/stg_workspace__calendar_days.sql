with

source as (
    select * from {{ source('workspace', 'calendar_days') }} where not _deleted
),

renamed as (
    select
        day as date_day,
        is_working as is_working_day,
        working_hours,
        opens_at,
        closes_at,
        is_holiday,
        holiday_name,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

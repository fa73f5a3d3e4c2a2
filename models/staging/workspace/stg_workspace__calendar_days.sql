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
        fiscal_year,
        fiscal_quarter,
        fiscal_period,
        fiscal_week,
        fiscal_year_start,
        fiscal_quarter_start,
        fiscal_period_start,
        fiscal_week_start,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

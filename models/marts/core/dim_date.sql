with

days as (
    select * from {{ ref('stg_workspace__calendar_days') }}
),

dated as (
    select
        cast(date_day as date) as date_day,
        cast(year(date_day) as integer) as year,
        cast(quarter(date_day) as integer) as quarter,
        cast(month(date_day) as integer) as month,
        cast(week(date_day) as integer) as week,
        cast(isodow(date_day) as integer) as day_of_week,
        cast(date_trunc('month', date_day) as date) as month_start,
        cast(date_trunc('quarter', date_day) as date) as quarter_start,
        cast(date_trunc('year', date_day) as date) as year_start,
        fiscal_year,
        fiscal_quarter,
        fiscal_period,
        fiscal_week,
        fiscal_year_start,
        fiscal_quarter_start,
        fiscal_period_start,
        fiscal_week_start,
        is_working_day,
        cast(working_hours as decimal(5, 2)) as working_hours,
        is_holiday,
        holiday_name,
        cast(sum(case when is_working_day then 1 else 0 end) over (
            partition by date_trunc('month', date_day) order by date_day
        ) as integer) as working_day_of_month,
        cast(sum(case when is_working_day then 1 else 0 end) over (
            partition by date_trunc('month', date_day)
        ) as integer) as working_days_in_month
    from days
)

select * from dated

with

calibrated as (
    select * from {{ ref('int_chances__calibrated') }}
),

as_of as (
    select * from {{ ref('int_as_of__found') }}
),

final as (
    select
        concat_ws(':', term, strftime(month_start, '%Y-%m'), tenth, department_id, owner_id) as calibration_id,
        cast(term as integer) as term_months,
        cast(tenth as integer) as tenth,
        cast(owner_id as varchar) as owner_id,
        cast(department_id as varchar) as department_id,
        cast(deals_count as integer) as deals_count,
        cast(expected_count as double) as expected_count,
        cast(won_count as integer) as won_count,
        cast(month_start as timestamp) as month_start,
        as_of.as_of
    from calibrated
    cross join as_of
)

select * from final

with

forecasts as (
    select * from {{ ref('int_results__forecast') }} where kind = 'ahead'
),

as_of as (
    select * from {{ ref('int_as_of__found') }}
),

final as (
    select
        concat_ws(':', metric, method, scope, department_id, owner_id, strftime(month_start, '%Y-%m')) as forecast_id,
        concat_ws(':', metric, scope, department_id, owner_id) as series_id,
        cast(metric as varchar) as metric,
        cast(scope as varchar) as scope,
        cast(owner_id as varchar) as owner_id,
        cast(department_id as varchar) as department_id,
        cast(method as varchar) as method,
        cast(model as varchar) as model,
        {{ is_chosen_method('metric', 'method') }} as is_chosen,
        cast(forecast as decimal(18, 2)) as forecast,
        cast(lower_80 as decimal(18, 2)) as lower_80,
        cast(upper_80 as decimal(18, 2)) as upper_80,
        cast(lower_95 as decimal(18, 2)) as lower_95,
        cast(upper_95 as decimal(18, 2)) as upper_95,
        cast(if(isnan(carried), null, carried) as decimal(18, 2)) as carried_forecast,
        cast(if(isnan(bottom_up_share), null, bottom_up_share) as double) as bottom_up_share,
        cast(origins_count as integer) as origins_count,
        cast(smape as double) as smape,
        cast(naive_smape as double) as naive_smape,
        cast(mase as double) as mase,
        cast(naive_mase as double) as naive_mase,
        cast(coverage_80 as double) as coverage_80,
        cast(coverage_95 as double) as coverage_95,
        cast(month_start as timestamp) as month_start,
        as_of.as_of
    from forecasts
    cross join as_of
)

select * from final

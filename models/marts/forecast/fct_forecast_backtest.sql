with

backtests as (
    select * from {{ ref('int_results__forecast') }} where kind = 'past'
),

as_of as (
    select * from {{ ref('int_as_of__found') }}
),

final as (
    select
        concat_ws(':', metric, method, scope, department_id, owner_id, strftime(origin, '%Y-%m'),
            strftime(month_start, '%Y-%m')) as backtest_id,
        concat_ws(':', metric, scope, department_id, owner_id) as series_id,
        cast(metric as varchar) as metric,
        cast(method as varchar) as method,
        {{ is_chosen_method('metric', 'method') }} as is_chosen,
        cast(scope as varchar) as scope,
        cast(owner_id as varchar) as owner_id,
        cast(department_id as varchar) as department_id,
        cast(forecast as decimal(18, 2)) as forecast,
        cast(naive as decimal(18, 2)) as naive_forecast,
        cast(actual as decimal(18, 2)) as actual_value,
        cast(origin as timestamp) as origin_month,
        cast(month_start as timestamp) as month_start,
        as_of.as_of
    from backtests
    cross join as_of
)

select * from final

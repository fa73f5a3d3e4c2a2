-- Forecasts of persons sum to their department's and to the company's, in every month, metric and method, to rounding.
-- A row here means that a plan made of persons is another one than that of the company.
with

persons as (
    select metric, method, month_start, department_id, sum(forecast) as forecast, count(*) as persons_count
    from {{ ref('fct_forecast') }}
    where scope = 'person'
    group by metric, method, month_start, department_id
),

summed as (
    select 'department' as scope, * from persons
    union all
    select 'company', metric, method, month_start, 'unknown', sum(forecast), sum(persons_count)
    from persons
    group by metric, method, month_start
)

select wholes.series_id, wholes.month_start, wholes.forecast, summed.forecast as summed_forecast
from {{ ref('fct_forecast') }} as wholes
left join summed using (scope, metric, method, month_start, department_id)
where wholes.scope <> 'person'
    and (summed.forecast is null or abs(wholes.forecast - summed.forecast) > 0.01 * summed.persons_count)

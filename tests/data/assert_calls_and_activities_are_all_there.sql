-- Every call and activity of the sources is one row of its mart.
-- A row here means that a join dropped or doubled records.
with

counted as (
    select
        (select count(*) from {{ ref('fct_calls') }}) as calls,
        (select count(*) from {{ ref('stg_files__calls') }}) + (select count(*) from {{ ref('stg_bitrix24__calls') }}) {{ also_counted('calls') }}
            as source_calls,
        (select count(*) from {{ ref('fct_activities') }}) as activities,
        (select count(*) from {{ ref('stg_files__activities') }})
            + (select count(*) from {{ ref('stg_bitrix24__activities') }})
            + (select count(*) from {{ ref('stg_bitrix24__tasks') }}) {{ also_counted('activities') }} as source_activities
)

select * from counted where calls <> source_calls or activities <> source_activities

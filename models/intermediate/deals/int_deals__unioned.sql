with

crm as (
    select * exclude (_loaded_at), cast(null as timestamp) as closed_at, cast(null as varchar) as source_url
    from {{ ref('stg_bitrix24__deals') }}
),

files as (
    select
        * exclude (_loaded_at),
        cast(null as timestamp) as planned_or_closed_at,
        cast(null as timestamp) as moved_at
    from {{ ref('stg_files__deals') }}
),

unioned as (
    select * from crm
    union all by name
    select * from files
    {{ also_staged('deals') }}
)

select * from unioned

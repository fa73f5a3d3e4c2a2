with

unioned as (
    select * exclude (_loaded_at, source_activity_id) from {{ ref('stg_bitrix24__activities') }}
    union all by name
    select * exclude (_loaded_at) from {{ ref('stg_bitrix24__tasks') }}
    union all by name
    select * exclude (_loaded_at) from {{ ref('stg_files__activities') }}
    {{ also_staged('activities') }}
)

select * from unioned

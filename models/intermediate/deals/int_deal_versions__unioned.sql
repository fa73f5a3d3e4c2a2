with

unioned as (
    select * from {{ ref('stg_bitrix24__deal_versions') }}
    union all by name
    select * from {{ ref('stg_files__deal_versions') }}
    {{ also_staged('deal_versions', '*') }}
)

select *, _op = 'delete' as is_gone from unioned

with

unioned as (
    select * exclude (_loaded_at) from {{ ref('stg_bitrix24__deal_lines') }}
    union all by name
    select * exclude (_loaded_at) from {{ ref('stg_files__deal_lines') }}
    {{ also_staged('deal_lines') }}
),

-- The product of a deal that names none itself is that of its largest line.
ranked as (
    select
        *,
        row_number() over (partition by deal_id order by amount desc nulls last, line_id) = 1 as is_main
    from unioned
    where product_ref is not null
)

select * from ranked

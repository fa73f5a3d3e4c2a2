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
        product_ref is not null
            and row_number() over (
                partition by deal_id order by product_ref is null, amount desc nulls last, line_id
            ) = 1 as is_main
    from unioned
)

select * from ranked

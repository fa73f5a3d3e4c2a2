with

crm as (
    select * exclude (_loaded_at), cast(null as timestamp) as closed_at, cast(null as varchar) as source_url,
        cast(null as varchar) as link_id
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
),

main_lines as (
    select deal_id, product_ref from {{ ref('int_deal_lines__unioned') }} where is_main
),

links as (
    select origin, pattern from {{ ref('stg_workspace__record_links') }} where entity = 'deals'
),

completed as (
    select unioned.* exclude (link_id) replace (
        coalesce(unioned.product_ref, main_lines.product_ref) as product_ref,
        {{ record_address('links.pattern', 'coalesce(unioned.link_id, unioned.source_deal_id)', 'unioned.source_url') }}
            as source_url
    )
    from unioned
    left join main_lines using (deal_id)
    left join links using (origin)
)

select * from completed

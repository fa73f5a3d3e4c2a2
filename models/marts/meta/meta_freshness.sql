with

loads as (
    select
        *,
        row_number() over (partition by origin, stream order by load_id desc) as age
    from {{ ref('stg_embut__loads') }}
),

final as (
    select
        origin as source_name,
        stream,
        max(finished_at) as last_load_at,
        cast(sum(coalesce(rows_inserted, 0) - coalesce(rows_deleted, 0)) as bigint) as rows,
        max(case when age = 1 then limits end) as limits
    from loads
    group by origin, stream
)

select * from final

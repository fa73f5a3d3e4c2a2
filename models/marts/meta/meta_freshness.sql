with

loads as (
    select * from {{ ref('stg_embut__loads') }}
),

final as (
    select
        origin as source_name,
        stream,
        max(finished_at) as last_load_at,
        cast(sum(coalesce(rows_inserted, 0) - coalesce(rows_deleted, 0)) as bigint) as rows
    from loads
    group by origin, stream
)

select * from final

with

targets as (
    select * from {{ ref('int_targets__resolved') }}
),

final as (
    select
        target_id,
        metric,
        month_start,
        owner_id,
        department_id,
        product_id,
        source_id,
        cast(value as decimal(18, 2)) as value,
        cast(version as integer) as version,
        is_current,
        version = min(version) over (
            partition by metric, month_start, owner_id, department_id, product_id, source_id
        ) as is_original,
        valid_from,
        author,
        reason
    from targets
)

select * from final

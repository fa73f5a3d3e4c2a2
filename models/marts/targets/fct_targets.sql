with

targets as (
    select * from {{ ref('int_targets__resolved') }}
),

settings as (
    select timezone from {{ ref('stg_workspace__company_settings') }}
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
        first_value(cast(value as decimal(18, 2))) over versions as first_value,
        cast(version as integer) as version,
        is_current,
        version = min(version) over versions as is_original,
        valid_from,
        {{ local_time('valid_from', 'settings.timezone') }} as valid_from_local,
        -- A version holds until the next one is set, whether that raises, lowers or withdraws the target.
        coalesce(
            lead({{ local_time('valid_from', 'settings.timezone') }}) over versions, cast('9999-12-31' as timestamp)
        ) as valid_to_local,
        author,
        reason
    from targets
    cross join settings
    window versions as (
        partition by metric, month_start, owner_id, department_id, product_id, source_id order by version
        rows between unbounded preceding and unbounded following
    )
)

select * from final

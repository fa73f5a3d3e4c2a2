with

source as (
    select * from {{ source('workspace', 'targets') }} where not _deleted
),

renamed as (
    select
        target_id,
        metric,
        cast(date_trunc('month', month) as date) as month_start,
        {{ clean('person') }} as person_ref,
        {{ clean('department') }} as department_ref,
        {{ clean('product') }} as product_ref,
        {{ clean('source') }} as lead_source_ref,
        value,
        version,
        is_current,
        cast(valid_from as timestamp) as valid_from,
        {{ clean('author') }} as author,
        {{ clean('reason') }} as reason,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

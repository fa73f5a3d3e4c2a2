with

source as (
    select * from {{ source('files', 'targets') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(target_id)") }} as target_id,
        source_name as origin,
        lower({{ clean('metric') }}) as metric,
        cast(date_trunc('month', month) as date) as month_start,
        {{ clean('person') }} as person_ref,
        {{ clean('department') }} as department_ref,
        {{ clean('product') }} as product_ref,
        {{ clean('source') }} as lead_source_ref,
        value,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

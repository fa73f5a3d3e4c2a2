with

source as (
    select * from {{ source('files', 'products') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(product_id)") }} as product_id,
        source_name as origin,
        trim(product_id) as source_product_id,
        coalesce({{ clean('name') }}, trim(product_id)) as product_name,
        {{ clean('category') }} as category,
        price,
        cost,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

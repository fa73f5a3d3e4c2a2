with

source as (
    select * from {{ source('bitrix24', 'stages__history') }}
),

renamed as (
    select
        source_name as origin,
        entity_id,
        coalesce({{ clean('category_id') }}, nullif(regexp_extract(entity_id, '^DEAL_STAGE_(.+)$', 1), ''), '0') as pipeline_ref,
        status_id as stage_ref,
        sort as sort_order,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

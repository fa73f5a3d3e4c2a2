with

source as (
    select * from {{ source('bitrix24', 'stages') }} where not _deleted
),

renamed as (
    select
        source_name as origin,
        entity_id,
        coalesce({{ clean('category_id') }}, nullif(regexp_extract(entity_id, '^DEAL_STAGE_(.+)$', 1), ''), '0') as pipeline_ref,
        status_id as stage_ref,
        {{ clean('name') }} as stage_name,
        sort as sort_order,
        case semantics when 'S' then 'won' when 'F' then 'lost' else 'open' end as meaning_word,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

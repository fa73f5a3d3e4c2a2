{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select * from {{ source('salesforce', 'stages') }} where not _deleted
    qualify row_number() over (partition by source_name, label order by is_active desc, sort) = 1
),

-- Deals name their stage by its label.
renamed as (
    select
        source_name as origin,
        'default' as pipeline_ref,
        label as stage_ref,
        {{ clean('label') }} as stage_name,
        'Sales' as pipeline_name,
        sort as sort_order,
        case when is_won then 'won' when is_closed then 'lost' else 'open' end as meaning_word,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

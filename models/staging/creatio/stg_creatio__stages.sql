{{ config(enabled=is_connected('creatio')) }}
with

source as (
    select * from {{ source('creatio', 'stages') }} where not _deleted
),

renamed as (
    select
        source_name as origin,
        '0' as pipeline_ref,
        id as stage_ref,
        {{ clean('name') }} as stage_name,
        'Opportunities' as pipeline_name,
        number as sort_order,
        case when is_successful then 'won' when is_end then 'lost' else 'open' end as meaning_word,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

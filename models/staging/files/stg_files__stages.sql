with

source as (
    select * from {{ source('files', 'stages') }} where not _deleted
),

renamed as (
    select
        source_name as origin,
        trim(stage_id) as source_stage_id,
        coalesce({{ clean('pipeline') }}, 'default') as pipeline_ref,
        coalesce({{ clean('stage') }}, trim(stage_id)) as stage_ref,
        coalesce({{ clean('name') }}, {{ clean('stage') }}, trim(stage_id)) as stage_name,
        sort as sort_order,
        {{ clean('meaning') }} as meaning_word,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

with

source as (
    select * from {{ source('bitrix24', 'pipelines') }} where not _deleted
),

renamed as (
    select
        source_name as origin,
        trim(cast(id as varchar)) as pipeline_ref,
        {{ clean('name') }} as pipeline_name,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

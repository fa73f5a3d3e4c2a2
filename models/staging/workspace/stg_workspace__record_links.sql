with

source as (
    select * from {{ source('workspace', 'record_links') }} where not _deleted
),

renamed as (
    select
        source as origin,
        entity,
        pattern,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

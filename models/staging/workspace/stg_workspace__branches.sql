with

source as (
    select * from {{ source('workspace', 'branches') }} where not _deleted
),

renamed as (
    select
        branch,
        {{ clean('timezone') }} as timezone,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

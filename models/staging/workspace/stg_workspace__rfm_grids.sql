with

source as (
    select * from {{ source('workspace', 'rfm_grids') }} where not _deleted
),

renamed as (
    select
        rule_id,
        cast(json_extract(grid, '$.recencyDays') as double[]) as recency_limits,
        cast(json_extract(grid, '$.orders') as double[]) as frequency_limits,
        cast(json_extract(grid, '$.money') as double[]) as monetary_limits,
        cast(json_extract(grid, '$.cells') as map(varchar, varchar)) as cells,
        -- A grid without a first day holds from the beginning.
        coalesce(cast(valid_from as timestamp), timestamp '1900-01-01') as valid_from,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

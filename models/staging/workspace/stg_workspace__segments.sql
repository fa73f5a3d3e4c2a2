with

source as (
    select * from {{ source('workspace', 'segments') }} where not _deleted
),

renamed as (
    select
        segment_id,
        -- A private segment is counted without its name.
        case when is_shared then name end as segment_name,
        cast(json_extract(definition, '$.filters') as struct("member" varchar, operator varchar, "values" varchar[])[])
            as clauses,
        coalesce(cast(json_extract_string(definition, '$.control.share') as double), 0) as control_share,
        json_extract_string(definition, '$.control.seed') as control_seed,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

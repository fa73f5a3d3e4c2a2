with

source as (
    select * from {{ source('embut', 'quarantine') }}
),

renamed as (
    select
        quarantine_id,
        load_id,
        source_name as origin,
        entity,
        column_name,
        value,
        reason,
        file,
        line,
        cast("row" as varchar) as record,
        resolved_at
    from source
)

select * from renamed

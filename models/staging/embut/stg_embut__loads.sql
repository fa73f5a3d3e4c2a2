with

source as (
    select * from {{ source('embut', 'loads') }}
),

renamed as (
    select
        load_id,
        source_name as origin,
        stream,
        started_at,
        finished_at,
        rows_read,
        rows_inserted,
        rows_updated,
        rows_deleted,
        rows_quarantined,
        {{ limits_of('flags') }} as limits
    from source
)

select * from renamed

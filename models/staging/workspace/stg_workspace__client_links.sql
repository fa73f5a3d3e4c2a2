with

source as (
    select * from {{ source('workspace', 'client_links') }}
    where not _deleted and {{ in_force('valid_from') }}
),

renamed as (
    select
        rule_id,
        trim(client) as client_record_id,
        trim(other) as other_client_record_id,
        is_same,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

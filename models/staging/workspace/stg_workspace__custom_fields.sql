with

source as (
    select * from {{ source('workspace', 'custom_fields') }} where not _deleted
),

renamed as (
    select
        rule_id as field_id,
        subject,
        field_key,
        source as origin,
        label,
        "type" as value_type,
        folder,
        is_personal,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

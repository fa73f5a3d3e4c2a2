with

source as (
    select * from {{ source('workspace', 'own_phones') }} where not _deleted
),

renamed as (
    select
        trim(phone) as phone_raw,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

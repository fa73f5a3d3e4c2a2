with

source as (
    select * from {{ source('workspace', 'exchange_rates') }} where not _deleted
),

renamed as (
    select
        rate_id,
        upper(currency) as currency,
        day as rate_on,
        rate,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

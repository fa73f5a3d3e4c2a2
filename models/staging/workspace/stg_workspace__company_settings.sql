with

source as (
    select * from {{ source('workspace', 'company_settings') }} where not _deleted
),

renamed as (
    select
        setting_id,
        name as company_name,
        timezone,
        upper(currency) as currency,
        locale,
        upper(country) as country,
        cast(fiscal_calendar as varchar) as fiscal_calendar,
        sale_counts,
        vat,
        connected_seconds,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

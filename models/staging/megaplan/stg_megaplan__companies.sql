{{ config(enabled=is_connected('megaplan')) }}
with

source as (
    select
        * exclude (phones, emails),
        coalesce(nullif(phones, '[]'), to_json(list_filter([phone], lambda each : each is not null))) as phones,
        coalesce(nullif(emails, '[]'), to_json(list_filter([email], lambda each : each is not null))) as emails,
        cast(null as varchar) as sector,
        cast(null as varchar) as city,
        cast(null as varchar) as country
    from {{ source('megaplan', 'clients') }}
    where kind = 'ContractorCompany'
)

{{ usual_companies('source') }}

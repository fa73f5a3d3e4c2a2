{{ config(enabled=is_connected('megaplan')) }}
with

source as (
    select
        * exclude (name, phones, emails),
        coalesce({{ clean('name') }}, concat_ws(' ', first_name, last_name)) as name,
        coalesce(nullif(phones, '[]'), to_json(list_filter([phone], lambda each : each is not null))) as phones,
        coalesce(nullif(emails, '[]'), to_json(list_filter([email], lambda each : each is not null))) as emails
    from {{ source('megaplan', 'clients') }}
    where kind <> 'ContractorCompany'
)

{{ usual_contacts('source') }}

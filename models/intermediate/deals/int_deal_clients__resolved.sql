-- One row per deal: its client record, the company where it has one, else the person.
with

deals as (
    select deal_id, origin, source_deal_id, company_ref, contact_ref from {{ ref('int_deals__unioned') }}
),

clients as (
    select * from {{ ref('int_client_references__resolved') }}
),

resolved as (
    select
        deals.deal_id,
        deals.origin,
        deals.source_deal_id,
        coalesce(companies.client_record_id, contacts.client_record_id) as client_record_id
    from deals
    left join clients as companies
        on companies.origin = deals.origin
        and companies.kind = 'company'
        and companies.client_ref = deals.company_ref
    left join clients as contacts
        on contacts.origin = deals.origin
        and contacts.kind = 'contact'
        and contacts.client_ref = deals.contact_ref
)

select * from resolved

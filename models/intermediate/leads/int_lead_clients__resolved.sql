-- One row per lead: its client record; the company that it names, else the contact, else that of its deal, else its own.
with

leads as (
    select * from {{ ref('int_leads__unioned') }}
),

clients as (
    select * from {{ ref('int_client_references__resolved') }}
),

deals as (
    select linked.lead_id, deals.client_record_id
    from {{ ref('int_lead_deals__linked') }} as linked
    inner join {{ ref('int_deal_clients__resolved') }} as deals using (deal_id)
    where linked.is_first
),

own as (
    select client_record_id, client_record_id as lead_id
    from {{ ref('int_client_records__unioned') }}
    where kind = 'lead'
),

resolved as (
    select
        leads.lead_id,
        leads.origin,
        leads.source_lead_id,
        leads.phones,
        leads.emails,
        coalesce(
            companies.client_record_id, contacts.client_record_id, deals.client_record_id, own.client_record_id
        ) as client_record_id
    from leads
    left join clients as companies
        on companies.origin = leads.origin and companies.kind = 'company' and companies.client_ref = leads.company_ref
    left join clients as contacts
        on contacts.origin = leads.origin and contacts.kind = 'contact' and contacts.client_ref = leads.contact_ref
    left join deals using (lead_id)
    left join own using (lead_id)
)

select * from resolved

-- One row per activity: who did it, with which client, about which deal.
with

activities as (
    select * from {{ ref('int_activities__unioned') }}
),

clients as (
    select * from {{ ref('int_client_references__resolved') }}
),

linked as (
    select
        activities.*,
        deals.deal_id,
        coalesce(people.manager_id, 'unknown') as owner_id,
        coalesce(
            deals.client_record_id, companies.client_record_id, contacts.client_record_id, leads.client_record_id
        ) as client_record_id
    from activities
    left join {{ ref('int_person_references__resolved') }} as people
        on people.origin = activities.origin and people.person_ref = activities.owner_ref
    left join {{ ref('int_deal_clients__resolved') }} as deals
        on deals.origin = activities.origin and deals.source_deal_id = activities.deal_ref
    left join clients as companies
        on companies.origin = activities.origin
        and companies.kind = 'company'
        and companies.client_ref = activities.company_ref
    left join clients as contacts
        on contacts.origin = activities.origin
        and contacts.kind = 'contact'
        and contacts.client_ref = activities.contact_ref
    left join {{ ref('int_lead_clients__resolved') }} as leads
        on leads.origin = activities.origin and leads.source_lead_id = activities.lead_ref
)

select * from linked

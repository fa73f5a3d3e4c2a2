-- One row per call: who spoke, with which client, about which deal.
with

calls as (
    select calls.*, numbers.phone_e164
    from {{ ref('int_calls__unioned') }} as calls
    left join {{ ref('stg_embut__phone_numbers') }} as numbers using (phone_raw)
),

extensions as (
    select people.extension, min(merged.manager_id) as manager_id
    from {{ ref('int_people__unioned') }} as people
    inner join {{ ref('int_people__identities_merged') }} as merged using (person_id)
    where people.extension is not null
    group by people.extension
    having count(distinct merged.manager_id) = 1
),

identities as (
    select client_record_id, client_id from {{ ref('int_clients__identities_merged') }}
),

-- A number finds a client only where all its records are one client.
phones as (
    select
        identifiers.value as phone_e164,
        min(identifiers.client_record_id) as client_record_id
    from {{ ref('int_client_identifiers__collected') }} as identifiers
    inner join identities using (client_record_id)
    where identifiers.kind = 'phone'
    group by identifiers.value
    having count(distinct identities.client_id) = 1
),

deals as (
    select * from {{ ref('int_deal_clients__resolved') }}
),

linked as (
    select
        calls.*,
        deals.deal_id,
        coalesce(
            case when people.rule <> 'unmatched' then people.manager_id end,
            extensions.manager_id,
            people.manager_id,
            'unknown'
        ) as owner_id,
        coalesce(
            deals.client_record_id, companies.client_record_id, contacts.client_record_id, leads.client_record_id,
            phones.client_record_id
        ) as client_record_id
    from calls
    left join {{ ref('int_person_references__resolved') }} as people
        on people.origin = calls.origin and people.person_ref = calls.agent_ref
    left join extensions using (extension)
    left join deals on deals.origin = calls.origin and deals.source_deal_id = calls.deal_ref
    left join {{ ref('int_client_references__resolved') }} as companies
        on companies.origin = calls.origin and companies.kind = 'company' and companies.client_ref = calls.company_ref
    left join {{ ref('int_client_references__resolved') }} as contacts
        on contacts.origin = calls.origin and contacts.kind = 'contact' and contacts.client_ref = calls.contact_ref
    left join {{ ref('int_lead_clients__resolved') }} as leads
        on leads.origin = calls.origin and leads.source_lead_id = calls.lead_ref
    left join phones on phones.phone_e164 = calls.phone_e164
)

select * from linked

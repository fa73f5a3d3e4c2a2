-- One row per client record and telephone number or address that it or a lead of it has.
with

records as (
    select * from {{ ref('int_client_records__completed') }}
),

tellers as (
    select client_record_id, phones, emails from records
    union all
    select client_record_id, phones, emails from {{ ref('int_lead_clients__resolved') }}
    where client_record_id is not null
),

phones as (
    select client_record_id, unnest(phones) as phone_raw from tellers
),

emails as (
    select client_record_id, lower(trim(unnest(emails))) as email from tellers
),

collected as (
    select distinct phones.client_record_id, 'phone' as kind, numbers.phone_e164 as value
    from phones
    inner join {{ ref('stg_embut__phone_numbers') }} as numbers on numbers.phone_raw = trim(phones.phone_raw)
    where numbers.phone_e164 is not null
    union all
    select distinct client_record_id, 'email', email
    from emails
    where email like '%_@_%._%'
),

-- The seed: contacts hang beneath their company, so what they share, their company shares.
seeded as (
    select
        collected.*,
        records.kind as record_kind,
        coalesce(records.company_record_id, records.client_record_id) as seed_id
    from collected
    inner join records using (client_record_id)
)

select * from seeded

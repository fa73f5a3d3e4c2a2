-- One row per client record: those a source lists and those that only its deals, calls or activities name.
with

records as (
    select * from {{ ref('int_client_records__unioned') }}
),

references_ as (
    select * from {{ ref('int_client_references__resolved') }}
),

derived as (
    select
        client_record_id, origin, min(client_ref) as source_client_id, min(kind) as kind, min(client_ref) as client_name,
        min(first_mentioned_at) as created_at, 3 as source_rank
    from references_
    where is_derived
    group by client_record_id, origin
),

unioned as (
    select * from records
    union all by name
    select * from derived
),

completed as (
    select
        unioned.* exclude (company_ref, phones, emails, owner_ref),
        coalesce(unioned.phones, []) as phones,
        coalesce(unioned.emails, []) as emails,
        companies.client_record_id as company_record_id,
        coalesce(people.manager_id, 'unknown') as owner_id
    from unioned
    left join references_ as companies
        on companies.origin = unioned.origin and companies.kind = 'company'
        and companies.client_ref = unioned.company_ref
    left join {{ ref('int_person_references__resolved') }} as people
        on people.origin = unioned.origin and people.person_ref = unioned.owner_ref
)

select * from completed

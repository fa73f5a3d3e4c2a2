-- One row per company or contact as a source's records write it: which client record it is.
with

records as (
    select client_record_id, origin, kind, source_client_id, client_name from {{ ref('int_client_records__unioned') }}
),

mentioned as (
    select origin, 'company' as kind, company_ref as client_ref, created_at from {{ ref('int_deals__unioned') }}
    union all
    select origin, 'contact', contact_ref, created_at from {{ ref('int_deals__unioned') }}
    union all
    select origin, 'company', company_ref, created_at from {{ ref('int_client_records__unioned') }}
    union all
    select origin, 'company', company_ref, created_at from {{ ref('int_leads__unioned') }}
    union all
    select origin, 'contact', contact_ref, created_at from {{ ref('int_leads__unioned') }}
    union all
    select origin, 'company', company_ref, started_at from {{ ref('int_calls__unioned') }}
    union all
    select origin, 'contact', contact_ref, started_at from {{ ref('int_calls__unioned') }}
    union all
    select origin, 'company', company_ref, created_at from {{ ref('int_activities__unioned') }}
    union all
    select origin, 'contact', contact_ref, created_at from {{ ref('int_activities__unioned') }}
),

collected as (
    select origin, kind, client_ref, min(created_at) as first_mentioned_at
    from mentioned
    where client_ref is not null
    group by origin, kind, client_ref
),

by_id as (
    select collected.origin, collected.kind, collected.client_ref, records.client_record_id
    from collected
    inner join records
        on records.origin = collected.origin
        and records.kind = collected.kind
        and records.source_client_id = collected.client_ref
),

-- A name finds a record only where one record of that source has it.
by_name as (
    select collected.origin, collected.kind, collected.client_ref, min(records.client_record_id) as client_record_id
    from collected
    inner join records
        on records.origin = collected.origin
        and records.kind = collected.kind
        and {{ normal('records.client_name') }} = {{ normal('collected.client_ref') }}
    group by collected.origin, collected.kind, collected.client_ref
    having count(*) = 1
),

resolved as (
    select
        collected.*,
        coalesce(
            by_id.client_record_id,
            by_name.client_record_id,
            collected.origin || ':' || collected.kind || ':' || collected.client_ref
        ) as client_record_id,
        by_id.client_record_id is null and by_name.client_record_id is null as is_derived
    from collected
    left join by_id using (origin, kind, client_ref)
    left join by_name using (origin, kind, client_ref)
)

select * from resolved

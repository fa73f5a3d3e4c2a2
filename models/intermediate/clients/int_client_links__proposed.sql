-- One row per pair of clients that an identifier or a person joins, with the two records that show it.
with

identifiers as (
    select identifiers.*
    from {{ ref('int_client_identifiers__collected') }} as identifiers
    inner join {{ ref('int_client_identifiers__judged') }} as judged using (kind, value)
    where judged.refusal is null
),

records as (
    select client_record_id, coalesce(company_record_id, client_record_id) as seed_id
    from {{ ref('int_client_records__completed') }}
),

-- Groups are small here: three people at most, and records of one company.
shared as (
    select
        one.seed_id,
        two.seed_id as other_seed_id,
        min(one.client_record_id) as client_record_id,
        min(two.client_record_id) as other_client_record_id,
        one.kind as rule,
        one.value as evidence
    from identifiers as one
    inner join identifiers as two
        on two.kind = one.kind and two.value = one.value and one.seed_id < two.seed_id
    group by one.seed_id, two.seed_id, one.kind, one.value
),

confirmed as (
    select
        one.seed_id,
        two.seed_id as other_seed_id,
        links.client_record_id,
        links.other_client_record_id,
        'confirmed' as rule,
        links.rule_id as evidence
    from {{ ref('stg_workspace__client_links') }} as links
    inner join records as one on one.client_record_id = links.client_record_id
    inner join records as two on two.client_record_id = links.other_client_record_id
    where links.is_same and one.seed_id <> two.seed_id
),

unioned as (
    select * from shared
    union all by name
    select * from confirmed
)

select * from unioned

with

people as (
    select * from {{ ref('int_people__unioned') }}
),

links as (
    select * from {{ ref('stg_workspace__person_links') }}
),

identifiers as (
    select person_id, origin, 'email' as kind, email as value from people where email is not null
    union all
    select person_id, origin, 'extension', extension from people where extension is not null
),

-- A shared mailbox or a shared telephone says nothing about who sits there.
shared as (
    select distinct kind, value
    from (select kind, value from identifiers group by kind, value, origin having count(*) > 1)
),

matched as (
    select
        one.person_id as person_id,
        two.person_id as other_person_id,
        one.kind as rule,
        one.value as evidence
    from identifiers as one
    inner join identifiers as two
        on one.kind = two.kind and one.value = two.value and one.person_id < two.person_id
    where not exists (select 1 from shared where shared.kind = one.kind and shared.value = one.value)
),

linked as (
    select person_id, other_person_id, 'confirmed' as rule, rule_id as evidence from links
    where person_id <> other_person_id
),

unioned as (
    select * from matched
    union all
    select * from linked
)

select * from unioned

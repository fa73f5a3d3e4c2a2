-- One row per name, e-mail or id that a source writes for a person.
with

mentions as (
    select * from {{ ref('int_person_references__collected') }}
),

people as (
    select people.*, merged.manager_id
    from {{ ref('int_people__unioned') }} as people
    inner join {{ ref('int_people__identities_merged') }} as merged using (person_id)
),

merged as (
    select person_id, source_rank, manager_id from {{ ref('int_people__identities_merged') }}
),

same_source as (
    select origin, 'id' as rule, 1 as rank, lower(source_person_id) as value, min(manager_id) as manager_id
    from people group by all having count(distinct manager_id) = 1
    union all
    select origin, 'email', 2, email, min(manager_id)
    from people where email is not null group by all having count(distinct manager_id) = 1
    union all
    select origin, 'name', 3, {{ normal('person_name') }}, min(manager_id)
    from people where person_name is not null group by all having count(distinct manager_id) = 1
),

any_source as (
    select 'key' as rule, 4 as rank, lower(person_id) as value, min(manager_id) as manager_id
    from people group by all
    union all
    select 'email', 6, email, min(manager_id)
    from people where email is not null group by all having count(distinct manager_id) = 1
    union all
    select 'name', 7, {{ normal('person_name') }}, min(manager_id)
    from people where person_name is not null group by all having count(distinct manager_id) = 1
),

candidates as (
    select mentions.origin, mentions.person_ref, same_source.rule, same_source.rank, same_source.manager_id
    from mentions
    inner join same_source
        on same_source.origin = mentions.origin and same_source.value = {{ normal('mentions.spelled_ref') }}
    union all
    select mentions.origin, mentions.person_ref, any_source.rule, any_source.rank, any_source.manager_id
    from mentions
    inner join any_source on any_source.value = {{ normal('mentions.spelled_ref') }}
    union all
    select mentions.origin, mentions.person_ref, 'confirmed', 5, merged.manager_id
    from mentions
    inner join merged on merged.person_id = mentions.origin || ':' || mentions.spelled_ref
    where merged.source_rank = 3 and merged.manager_id <> merged.person_id
),

best as (
    select origin, person_ref, arg_min(manager_id, rank) as manager_id, arg_min(rule, rank) as rule
    from candidates
    group by origin, person_ref
),

-- A name that no list of people has is a person of its own, so that the numbers stay with the name.
resolved as (
    select
        mentions.origin,
        mentions.person_ref,
        mentions.spelled_ref,
        mentions.mention_count,
        mentions.is_working,
        coalesce(
            best.manager_id,
            case when mentions.is_working then mentions.origin || ':' || mentions.spelled_ref end,
            'unknown'
        ) as manager_id,
        coalesce(best.rule, 'unmatched') as rule
    from mentions
    left join best using (origin, person_ref)
)

select * from resolved

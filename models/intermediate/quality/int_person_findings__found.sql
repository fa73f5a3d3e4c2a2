-- One row per name or extension that no listed person has, and per pair of people who may be one.
with

people as (
    select * from {{ ref('int_managers__described') }}
),

listed as (
    select distinct merged.manager_id, people.origin
    from {{ ref('int_people__unioned') }} as people
    inner join {{ ref('int_people__identities_merged') }} as merged using (person_id)
),

named as (
    select people.manager_id, people.manager_name from people
    where people.manager_id in (select manager_id from listed)
),

unmatched_extensions as (
    select
        'extension_unmatched' as check_name,
        'warning' as severity,
        'call' as entity,
        calls.origin || ':' || calls.extension as record_key,
        calls.extension as record_label,
        calls.extension as value,
        'Calls come from an extension that no person, or more than one, has' as message,
        calls.origin,
        count(*) as found_rows
    from {{ ref('int_calls__matched') }} as calls
    where calls.extension is not null and calls.owner_id = 'unknown'
    group by calls.origin, calls.extension
),

unmatched as (
    select origin, spelled_ref, manager_id, sum(mention_count) as found_rows
    from {{ ref('int_person_references__resolved') }}
    where rule = 'unmatched'
    group by origin, spelled_ref, manager_id
),

suggested as (
    select
        unmatched.*,
        arg_max(named.manager_id, jaro_winkler_similarity({{ normal('unmatched.spelled_ref') }}, {{ normal('named.manager_name') }}))
            filter (where jaro_winkler_similarity({{ normal('unmatched.spelled_ref') }}, {{ normal('named.manager_name') }}) >= 0.85)
            as suggested_id
    from unmatched
    left join named on true
    group by unmatched.origin, unmatched.spelled_ref, unmatched.manager_id, unmatched.found_rows
),

unmatched_people as (
    select
        'person_unmatched' as check_name,
        case when suggested.origin in (select origin from listed) or suggested.suggested_id is not null
            then 'warning' else 'info' end as severity,
        'person' as entity,
        suggested.origin || ':' || suggested.spelled_ref as record_key,
        suggested.spelled_ref as record_label,
        suggested.spelled_ref as value,
        named.manager_name || ' (' || named.manager_id || ')' as suggestion,
        'Records name a person whom no list of people has' as message,
        suggested.origin,
        suggested.found_rows
    from suggested
    left join named on named.manager_id = suggested.suggested_id
    where suggested.origin || ':' || suggested.spelled_ref not in (select record_key from unmatched_extensions)
),

same_names as (
    select
        'person_possible_duplicate' as check_name,
        'warning' as severity,
        'person' as entity,
        one.manager_id || '=' || two.manager_id as record_key,
        two.manager_name as record_label,
        two.manager_id as value,
        one.manager_name || ' (' || one.manager_id || ')' as suggestion,
        'Two people have one name; link them if they are one' as message,
        split_part(two.manager_id, ':', 1) as origin,
        1 as found_rows
    from named as one
    inner join named as two
        on {{ normal('one.manager_name') }} = {{ normal('two.manager_name') }} and one.manager_id < two.manager_id
),

found as (
    select * from unmatched_people
    union all by name
    select * from unmatched_extensions
    union all by name
    select * from same_names
)

select * from found

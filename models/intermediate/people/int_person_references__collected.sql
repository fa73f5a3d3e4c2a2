-- One row per text that a source's records write for a person. A call that comes from a listed extension, or whose agent
-- is only a number, makes no person of its agent.
with

spellings as (
    select spelling, min(canonical) as canonical
    from {{ ref('stg_workspace__spellings') }}
    where entity = 'person'
    group by spelling
),

mentioned as (
    select origin, owner_ref as person_ref, 'deal' as place from {{ ref('int_deals__unioned') }}
    union all
    select origin, owner_ref, 'deal' from {{ ref('int_deal_versions__unioned') }}
    union all
    select
        calls.origin,
        calls.agent_ref,
        case when people.extension is null and not regexp_full_match(calls.agent_ref, '[0-9]+') then 'call'
            else 'call by extension' end
    from {{ ref('int_calls__unioned') }} as calls
    left join (select distinct extension from {{ ref('int_people__unioned') }}) as people using (extension)
    union all
    select origin, owner_ref, 'activity' from {{ ref('int_activities__unioned') }}
    union all
    select origin, owner_ref, 'lead' from {{ ref('int_leads__unioned') }}
    union all
    select origin, owner_ref, 'client' from {{ ref('int_client_records__unioned') }}
    union all
    select origin, person_ref, 'target' from {{ ref('int_targets__unioned') }}
    union all
    select origin, head_ref, 'head' from {{ ref('int_departments__unioned') }}
),

counted as (
    select
        origin,
        person_ref,
        count(*) as mention_count,
        bool_or(place in ('deal', 'lead', 'call', 'activity', 'client')) as is_working
    from mentioned
    where person_ref is not null
    group by origin, person_ref
),

spelled as (
    select
        counted.*,
        coalesce(spellings.canonical, counted.person_ref) as spelled_ref
    from counted
    left join spellings on spellings.spelling = {{ normal('counted.person_ref') }}
)

select * from spelled

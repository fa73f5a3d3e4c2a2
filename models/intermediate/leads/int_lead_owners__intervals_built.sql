-- One row per lead and stay with an owner. What the first load showed holds from ever.
with

unioned as (
    select * from {{ ref('stg_bitrix24__lead_versions') }}
    {{ also_staged('lead_versions', '*') }}
),

versions as (
    select
        unioned.lead_id,
        coalesce(people.manager_id, 'unknown') as manager_id,
        coalesce(unioned.updated_at, unioned._loaded_at) as changed_at,
        row_number() over (
            partition by unioned.lead_id order by unioned._load_id, unioned._loaded_at, unioned.updated_at
        ) as position
    from unioned
    left join {{ ref('int_person_references__resolved') }} as people
        on people.origin = unioned.origin and people.person_ref = unioned.owner_ref
    where unioned._op is distinct from 'delete'
),

changed as (
    select *
    from versions
    qualify manager_id is distinct from lag(manager_id) over (partition by lead_id order by position)
),

intervals as (
    {{ intervals_of('changed', 'lead_id', 'manager_id') }}
)

select * from intervals

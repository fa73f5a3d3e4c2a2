with

versions as (
    select
        versions.deal_id,
        coalesce(people.manager_id, 'unknown') as manager_id,
        coalesce(versions.updated_at, versions._loaded_at) as changed_at,
        row_number() over (
            partition by versions.deal_id order by versions._load_id, versions._loaded_at, versions.updated_at
        ) as position
    from {{ ref('int_deal_versions__unioned') }} as versions
    left join {{ ref('int_person_references__resolved') }} as people
        on people.origin = versions.origin and people.person_ref = versions.owner_ref
    where versions.is_gone is distinct from true
),

changed as (
    select *
    from versions
    qualify manager_id is distinct from lag(manager_id) over (partition by deal_id order by position)
),

intervals as (
    {{ intervals_of('changed', 'deal_id', 'manager_id') }}
)

select * from intervals

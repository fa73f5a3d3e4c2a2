-- One row per deal: whose number it is and who has it now.
with

deals as (
    select * from {{ ref('int_deals__closed') }}
),

present as (
    select
        deals.deal_id,
        deals.status,
        deals.closed_at,
        coalesce(people.manager_id, 'unknown') as owner_now_id,
        first_loads.first_loaded_at
    from deals
    left join {{ ref('int_person_references__resolved') }} as people
        on people.origin = deals.origin and people.person_ref = deals.owner_ref
    left join {{ ref('int_first_loads__found') }} as first_loads on first_loads.origin = deals.origin
),

-- What the first sync showed stands for everything before it, so a later transfer never moves a past number.
credited as (
    select
        present.*,
        case when present.closed_at is null then present.owner_now_id
            else coalesce(owners.manager_id, present.owner_now_id) end as owner_id,
        present.closed_at is null or coalesce(present.closed_at >= present.first_loaded_at, false) as has_reliable_owner
    from present
    left join {{ ref('int_deal_owners__intervals_built') }} as owners
        on owners.deal_id = present.deal_id and {{ holds_at('owners', 'present.closed_at') }}
),

placed as (
    select
        credited.deal_id,
        credited.owner_id,
        credited.owner_now_id,
        credited.has_reliable_owner,
        coalesce(departments_then.department_id, 'unknown') as department_id,
        coalesce(departments_now.department_id, 'unknown') as department_now_id
    from credited
    left join {{ ref('int_manager_departments__intervals_built') }} as departments_then
        on departments_then.manager_id = credited.owner_id
        and {{ holds_at('departments_then', "coalesce(credited.closed_at, cast('9999-12-31' as timestamp))") }}
    left join {{ ref('int_manager_departments__intervals_built') }} as departments_now
        on departments_now.manager_id = credited.owner_now_id and departments_now.valid_to is null
)

select * from placed

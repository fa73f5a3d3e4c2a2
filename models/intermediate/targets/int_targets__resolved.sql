-- One row per version of a target, with whom and what it is for.
with

targets as (
    select * from {{ ref('int_targets__unioned') }}
),

resolved as (
    select
        targets.*,
        case when targets.person_ref is null then null else coalesce(people.manager_id, 'unknown') end as owner_id,
        case when targets.department_ref is null then null else coalesce(departments.department_id, 'unknown') end
            as named_department_id,
        case when targets.product_ref is null then null else coalesce(products.product_id, 'unknown') end as product_id,
        case when targets.lead_source_ref is null then null else coalesce(lead_sources.source_id, 'unknown') end
            as source_id
    from targets
    left join {{ ref('int_person_references__resolved') }} as people
        on people.origin = targets.origin and people.person_ref = targets.person_ref
    left join {{ ref('int_department_references__resolved') }} as departments
        on departments.origin = targets.origin and departments.department_ref = targets.department_ref
    left join {{ ref('int_product_references__resolved') }} as products
        on products.origin = targets.origin and products.product_ref = targets.product_ref
    left join {{ ref('int_lead_source_references__resolved') }} as lead_sources
        on lead_sources.origin = targets.origin and lead_sources.lead_source_ref = targets.lead_source_ref
),

-- A person's target counts for the department in which the person ends the month.
placed as (
    select
        resolved.* exclude (named_department_id),
        coalesce(resolved.named_department_id, departments.department_id) as department_id
    from resolved
    asof left join {{ ref('int_manager_departments__intervals_built') }} as departments
        on departments.manager_id = resolved.owner_id
        and cast(resolved.month_start + interval 1 month as timestamp) > departments.valid_from
)

select * from placed

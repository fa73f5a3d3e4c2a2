-- One row per stay, with the deal's owner at its beginning and that owner's department then.
with

stays as (
    select * from {{ ref('int_stage_events__intervals_built') }}
),

dated as (
    select stays.*, deals.owner_now_id, coalesce(stays.entered_at, cast('9999-12-31' as timestamp)) as owned_at
    from stays
    inner join {{ ref('int_deals__owned') }} as deals using (deal_id)
),

owned as (
    select dated.*, coalesce(owners.manager_id, dated.owner_now_id) as owner_id
    from dated
    left join {{ ref('int_deal_owners__intervals_built') }} as owners
        on owners.deal_id = dated.deal_id and {{ holds_at('owners', 'dated.owned_at') }}
),

placed as (
    select owned.*, coalesce(departments.department_id, 'unknown') as department_id
    from owned
    left join {{ ref('int_manager_departments__intervals_built') }} as departments
        on departments.manager_id = owned.owner_id and {{ holds_at('departments', 'owned.owned_at') }}
)

select * from placed

-- One row per activity, with the doer's department then, the client's owner now and the zone.
with

activities as (
    select *, coalesce(completed_at, created_at) as happened_at from {{ ref('int_activities__matched') }}
),

settings as (
    select timezone from {{ ref('stg_workspace__company_settings') }}
),

owned as (
    select
        activities.*,
        coalesce(departments.department_id, 'unknown') as department_id
    from activities
    left join {{ ref('int_manager_departments__intervals_built') }} as departments
        on departments.manager_id = activities.owner_id and {{ holds_at('departments', 'activities.happened_at') }}
),

placed as (
    select
        owned.*,
        client_owners.client_id,
        client_owners.client_owner_id,
        client_owners.client_department_id,
        deals.owner_now_id as deal_owner_now_id,
        coalesce(branches.timezone, settings.timezone) as timezone
    from owned
    cross join settings
    left join {{ ref('int_client_owners__placed') }} as client_owners using (client_record_id)
    left join {{ ref('int_deals__owned') }} as deals using (deal_id)
    left join {{ ref('int_managers__described') }} as people on people.manager_id = owned.owner_id
    left join {{ ref('int_branches__zoned') }} as branches on branches.branch = people.branch
)

select * from placed

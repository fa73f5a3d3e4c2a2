-- One row per call, with the speaker's department then, the client's owner now and the zone it was made in.
with

calls as (
    select * from {{ ref('int_calls__matched') }}
),

settings as (
    select timezone, connected_seconds from {{ ref('stg_workspace__company_settings') }}
),

owned as (
    select
        calls.*,
        coalesce(departments.department_id, 'unknown') as department_id
    from calls
    left join {{ ref('int_manager_departments__intervals_built') }} as departments
        on departments.manager_id = calls.owner_id
        and {{ holds_at('departments', 'calls.started_at') }}
),

placed as (
    select
        owned.*,
        client_owners.client_id,
        client_owners.client_owner_id,
        client_owners.client_department_id,
        deals.owner_now_id as deal_owner_now_id,
        coalesce(branches.timezone, settings.timezone) as timezone,
        owned.is_answered and coalesce(owned.talk_seconds >= settings.connected_seconds, false) as is_connected
    from owned
    cross join settings
    left join {{ ref('int_client_owners__placed') }} as client_owners using (client_record_id)
    left join {{ ref('int_deals__owned') }} as deals using (deal_id)
    left join {{ ref('int_managers__described') }} as people on people.manager_id = owned.owner_id
    left join {{ ref('int_branches__zoned') }} as branches on branches.branch = people.branch
)

select * from placed

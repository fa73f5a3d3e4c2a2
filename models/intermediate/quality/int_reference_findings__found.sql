-- One row per person or source whose records hang in the air: no client, a deal that is not there, an owner who left.
with

calls as (
    select * from {{ ref('int_calls__owned') }}
),

activities as (
    select * from {{ ref('int_activities__owned') }}
),

people as (
    select * from {{ ref('int_managers__described') }}
),

orphan_calls as (
    select
        'call_without_client' as check_name,
        'info' as severity,
        'call' as entity,
        owner_id as record_key,
        max(people.manager_name) as record_label,
        cast(count(distinct coalesce(phone_e164, phone_raw)) as varchar) as value,
        'Calls with numbers that no client has; here how many numbers' as message,
        min(calls.origin) as origin,
        count(*) as found_rows,
        owner_id,
        arg_max(calls.department_id, calls.started_at) as department_id
    from calls
    left join people on people.manager_id = calls.owner_id
    where client_record_id is null
    group by owner_id
),

named as (
    select origin, deal_ref, 'call' as entity from calls where deal_ref is not null and deal_id is null
    union all
    select origin, deal_ref, 'activity' from activities where deal_ref is not null and deal_id is null
),

missing_deals as (
    select
        'deal_not_there' as check_name,
        'warning' as severity,
        entity,
        origin || ':' || entity as record_key,
        origin as record_label,
        min(deal_ref) as value,
        'Records name deals that their source does not have; here the first' as message,
        origin,
        count(*) as found_rows
    from named
    group by origin, entity
),

left_behind as (
    select
        'owner_left' as check_name,
        'warning' as severity,
        'deal' as entity,
        deals.owner_now_id as record_key,
        people.manager_name as record_label,
        cast(count(distinct deals.client_id) as varchar) as value,
        'Open deals belong to somebody who is not active any more; here how many clients wait' as message,
        min(deals.origin) as origin,
        count(*) as found_rows,
        deals.owner_now_id as owner_id,
        any_value(deals.department_now_id) as department_id
    from {{ ref('int_deals__described') }} as deals
    inner join people on people.manager_id = deals.owner_now_id
    where deals.status = 'open' and not people.is_active
    group by deals.owner_now_id, people.manager_name
),

without_client as (
    select
        'deal_without_client' as check_name,
        'info' as severity,
        'deal' as entity,
        deals.origin || ':' || deals.owner_id as record_key,
        max(people.manager_name) as record_label,
        cast(count(*) as varchar) as value,
        'Deals name no client that is known; they are in no segment' as message,
        deals.origin,
        count(*) as found_rows,
        deals.owner_id,
        any_value(deals.department_id) as department_id
    from {{ ref('int_deals__described') }} as deals
    left join people on people.manager_id = deals.owner_id
    where deals.client_record_id is null
    group by deals.origin, deals.owner_id
),

branches as (
    select branch from {{ ref('stg_workspace__branches') }}
),

unknown_branches as (
    select
        'branch_unknown' as check_name,
        'info' as severity,
        'deal' as entity,
        deals.origin || ':' || deals.branch as record_key,
        deals.branch as record_label,
        deals.branch as value,
        'Deals name a branch that the settings do not have; its times are the company’s' as message,
        deals.origin,
        count(*) as found_rows
    from {{ ref('int_deals__described') }} as deals
    where deals.branch is not null and deals.branch not in (select branch from branches)
        and exists (select 1 from branches)
    group by deals.origin, deals.branch
),

found as (
    select * from orphan_calls
    union all by name
    select * from missing_deals
    union all by name
    select * from left_behind
    union all by name
    select * from without_client
    union all by name
    select * from unknown_branches
)

select * from found

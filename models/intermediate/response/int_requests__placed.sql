-- One row per request with whose it is, how often somebody tried to answer it, and its zone.
with

requests as (
    select * from {{ ref('int_requests__found') }}
),

calls as (
    select 'call:' || call_id as request_id, *,
        coalesce(client_id, 'deal:' || deal_id, 'phone:' || coalesce(phone_e164, phone_raw)) as party
    from {{ ref('int_calls__owned') }}
),

activities as (
    select 'message:' || activity_id as request_id, * from {{ ref('int_activities__owned') }}
),

leads as (
    select 'lead:' || lead_id as request_id, * from {{ ref('int_leads__described') }}
),

deals as (
    select * from {{ ref('int_deals__described') }}
),

settings as (
    select timezone from {{ ref('stg_workspace__company_settings') }}
),

attempts as (
    select requests.request_id, cast(count(*) as integer) as attempts_count, min(calls.started_at) as first_attempt_at
    from (select * from calls where direction = 'out' and not is_connected) as calls
    asof inner join requests
        on requests.party = calls.party and {{ asof_moment('calls.started_at') }} >= requests.requested_at
    where requests.ended_at is null or calls.started_at < requests.ended_at
    group by requests.request_id
),

described as (
    select
        requests.*,
        coalesce(attempts.attempts_count, 0) as attempts_count,
        attempts.first_attempt_at,
        coalesce(leads.origin, deals.origin, calls.origin, activities.origin) as origin,
        coalesce(leads.client_id, deals.client_id, calls.client_id, activities.client_id) as client_id,
        coalesce(leads.client_owner_id, deals.client_owner_id, calls.client_owner_id, activities.client_owner_id)
            as client_owner_id,
        coalesce(leads.client_department_id, deals.client_department_id, calls.client_department_id,
            activities.client_department_id) as client_department_id,
        coalesce(deals.owner_now_id, leads.owner_now_id) as deal_owner_now_id,
        deals.product_id,
        coalesce(nullif(leads.source_id, 'unknown'), deals.source_id) as source_id,
        deals.stage_id,
        coalesce(calls.timezone, activities.timezone, leads.timezone, deals.timezone, settings.timezone) as timezone,
        coalesce(nullif(calls.owner_id, 'unknown'), nullif(activities.owner_id, 'unknown'),
            nullif(leads.asked_of_id, 'unknown')) as asked_of_id,
        coalesce(leads._load_id, deals._load_id, calls._load_id, activities._load_id) as _load_id
    from requests
    cross join settings
    left join attempts using (request_id)
    left join leads on leads.request_id = requests.request_id
    left join deals on deals.deal_id = requests.deal_id
    left join calls on calls.request_id = requests.request_id
    left join activities on activities.request_id = requests.request_id
),

-- Whom it was asked of: who missed it, else who had the lead or the deal at that moment, else who has the client.
owned as (
    select
        described.*,
        coalesce(described.asked_of_id, nullif(owners.manager_id, 'unknown'), described.deal_owner_now_id,
            described.client_owner_id, 'unknown') as owner_id
    from described
    left join {{ ref('int_deal_owners__intervals_built') }} as owners
        on owners.deal_id = described.deal_id and {{ holds_at('owners', 'described.requested_at') }}
),

placed as (
    select owned.*, coalesce(departments.department_id, 'unknown') as department_id
    from owned
    left join {{ ref('int_manager_departments__intervals_built') }} as departments
        on departments.manager_id = owned.owner_id and {{ holds_at('departments', 'owned.requested_at') }}
)

select * from placed

with

loads as (
    select max(finished_at) as known_until from {{ ref('stg_embut__loads') }}
),

excluded_deals as (
    select deal_id from {{ ref('int_deal_exclusions__applied') }}
),

excluded_leads as (
    select 'lead:' || lead_id as request_id from {{ ref('int_lead_exclusions__applied') }}
),

calendar as (
    select * from {{ ref('int_working_days__laid_out') }}
),

away as (
    select * from {{ ref('int_absent_time__accumulated') }}
),

requests as (
    select
        requests.* exclude (ended_by),
        {{ local_time('requested_at', 'timezone') }} as requested_at_local,
        {{ local_time('ended_at', 'timezone') }} as ended_at_local,
        {{ local_time('known_until', 'timezone') }} as known_until_local,
        case when ended_by in ('call', 'message') then 'answered' when ended_by = 'client' then 'client called'
            when ended_by = 'closed' then 'closed' else 'waiting' end as outcome,
        case when ended_by in ('call', 'message') then ended_by end as answered_by,
        greatest(ended_at, requested_at) - requested_at as stretch,
        coalesce(teams.calendar_id, 'company') as calendar_id
    from {{ ref('int_requests__placed') }} as requests
    cross join loads
    left join {{ ref('int_department_calendars__resolved') }} as teams using (department_id)
),

-- On the working calendar of the team that it was asked of; days on which who was asked is away do not count.
timed as (
    select
        requests.*,
        case when ended_at is not null then greatest({{ worked_until('ended_days', 'ended_away', 'ended_at_local') }}
            - {{ worked_until('asked_days', 'asked_away', 'requested_at_local') }}, 0) end as ended_seconds,
        greatest({{ worked_until('known_days', 'known_away', 'known_until_local') }}
            - {{ worked_until('asked_days', 'asked_away', 'requested_at_local') }}, 0) as known_seconds
    from requests
    left join calendar as asked_days
        on asked_days.calendar_id = requests.calendar_id and asked_days.date_day = cast(requested_at_local as date)
    left join away as asked_away
        on asked_away.manager_id = requests.owner_id and asked_away.calendar_id = requests.calendar_id
        and asked_away.date_day = cast(requested_at_local as date)
    left join calendar as ended_days
        on ended_days.calendar_id = requests.calendar_id and ended_days.date_day = cast(ended_at_local as date)
    left join away as ended_away
        on ended_away.manager_id = requests.owner_id and ended_away.calendar_id = requests.calendar_id
        and ended_away.date_day = cast(ended_at_local as date)
    left join calendar as known_days
        on known_days.calendar_id = requests.calendar_id and known_days.date_day = cast(known_until_local as date)
    left join away as known_away
        on known_away.manager_id = requests.owner_id and known_away.calendar_id = requests.calendar_id
        and known_away.date_day = cast(known_until_local as date)
),

-- Due: the deadline passed, and the request was still there when it did. Unanswered ones are due like all others.
judged as (
    select
        *,
        case when outcome = 'answered' then ended_seconds end as response,
        case when outcome in ('client called', 'closed') then least(ended_seconds, known_seconds)
            else known_seconds end as could_wait
    from timed
),

final as (
    select
        judged.request_id,
        judged.origin,
        judged.kind,
        judged.deal_id,
        coalesce(judged.client_id, 'unknown') as client_id,
        coalesce(judged.product_id, 'unknown') as product_id,
        coalesce(judged.source_id, 'unknown') as source_id,
        judged.stage_id,
        judged.owner_id,
        judged.department_id,
        case when judged.outcome = 'answered' then judged.touched_by_id end as answered_by_id,
        coalesce(judged.deal_owner_now_id, 'unknown') as deal_owner_now_id,
        coalesce(judged.client_owner_id, 'unknown') as client_owner_id,
        coalesce(judged.client_department_id, 'unknown') as client_department_id,
        judged.outcome,
        judged.answered_by as answered_how,
        judged.asked_count,
        judged.attempts_count,
        cast(hour(judged.requested_at_local) as integer) as hour_of_day,
        cast(judged.response as bigint) as response_seconds,
        cast(case when judged.outcome = 'answered' then floor(epoch(judged.stretch)) end as bigint)
            as response_clock_seconds,
        cast(coalesce(judged.ended_seconds, judged.known_seconds) as bigint) as waited_seconds,
        judged.outcome = 'waiting' as is_waiting,
        judged.could_wait >= 15 * 60 as is_due_15,
        judged.could_wait >= 20 * 60 as is_due_20,
        judged.could_wait >= 30 * 60 as is_due_30,
        coalesce(judged.could_wait >= 15 * 60 and judged.response <= 15 * 60, false) as is_in_time_15,
        coalesce(judged.could_wait >= 20 * 60 and judged.response <= 20 * 60, false) as is_in_time_20,
        coalesce(judged.could_wait >= 30 * 60 and judged.response <= 30 * 60, false) as is_in_time_30,
        excluded_deals.deal_id is not null or excluded_leads.request_id is not null as is_excluded,
        judged.requested_at,
        judged.requested_at_local,
        case when judged.outcome = 'answered' then judged.ended_at end as answered_at,
        case when judged.outcome = 'answered' then judged.ended_at_local end as answered_at_local,
        judged.first_attempt_at,
        {{ local_time('judged.first_attempt_at', 'judged.timezone') }} as first_attempt_at_local,
        judged._load_id
    from judged
    left join excluded_deals using (deal_id)
    left join excluded_leads using (request_id)
)

select * from final
order by requested_at_local

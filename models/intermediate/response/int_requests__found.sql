-- One row per request of a client: when it came, what ended it.
with

calls as (
    select *, coalesce(client_id, 'deal:' || deal_id, 'phone:' || coalesce(phone_e164, phone_raw)) as party
    from {{ ref('int_calls__owned') }}
),

messages as (
    select *, coalesce(client_id, 'deal:' || deal_id) as party
    from {{ ref('int_activities__owned') }}
    where kind in ('email', 'chat', 'sms', 'message')
),

written as (
    select * from {{ ref('int_requests__written') }}
),

conversations as (
    select distinct party, started_at from calls where is_connected and party is not null
),

-- What is written down within an hour of speaking with the client asks nothing: the conversation came first.
leads as (
    select written.*
    from written
    asof left join conversations
        on conversations.party = written.party and written.created_at >= conversations.started_at
    where written.is_asked
        and (conversations.started_at is null or written.created_at > conversations.started_at + interval 1 hour)
),

-- A call or a message of a person ends a request; of several at one moment the answer counts.
touches as (
    select party, touched_at, arg_min(ended_by, rank) as ended_by, arg_min(owner_id, rank) as touched_by_id
    from (
        select party, started_at as touched_at, case direction when 'out' then 'call' else 'client' end as ended_by,
            case direction when 'out' then 1 else 3 end as rank, owner_id
        from calls
        where is_connected
        union all
        select party, completed_at, 'message', 2, owner_id
        from messages
        where direction = 'out' and is_completed
        union all
        select party, ended_at, 'closed', 4, ended_by_id
        from written
    ) as ways
    where party is not null and touched_at is not null
    group by party, touched_at
),

answers as (
    select * from touches where ended_by <> 'closed'
),

asked as (
    select 'call:' || call_id as event_id, 'missed_call' as kind, party, started_at as asked_at, deal_id,
        cast(null as timestamp) as closed_at
    from calls
    where direction = 'in' and not is_answered and party is not null and started_at is not null
    union all
    select 'message:' || activity_id, 'message', party, created_at, deal_id, null
    from messages
    where direction = 'in' and party is not null and created_at is not null
),

-- A lead waits for an answer or for its own end, whatever becomes of other deals of the client.
ended as (
    select
        leads.event_id, 'lead' as kind, leads.party, leads.created_at as asked_at,
        leads.deal_id,
        case when leads.ended_at < coalesce(answers.touched_at, cast('infinity' as timestamp)) then leads.ended_at
            else answers.touched_at end as ended_at,
        case when leads.ended_at < coalesce(answers.touched_at, cast('infinity' as timestamp)) then 'closed'
            else answers.ended_by end as ended_by,
        case when leads.ended_at < coalesce(answers.touched_at, cast('infinity' as timestamp)) then null
            else answers.touched_by_id end as touched_by_id
    from leads
    asof left join answers on answers.party = leads.party and leads.created_at <= answers.touched_at
    union all
    select asked.event_id, asked.kind, asked.party, asked.asked_at, asked.deal_id,
        touches.touched_at, touches.ended_by, touches.touched_by_id
    from asked
    asof left join touches on touches.party = asked.party and asked.asked_at <= touches.touched_at
),

-- What one client asks before the same end is one request; it begins with the first.
found as (
    select
        arg_min(event_id, (asked_at, event_id)) as request_id,
        arg_min(kind, (asked_at, event_id)) as kind,
        party,
        arg_min(deal_id, (asked_at, event_id)) filter (where deal_id is not null) as deal_id,
        min(asked_at) as requested_at,
        ended_at,
        min(ended_by) as ended_by,
        min(touched_by_id) as touched_by_id,
        cast(count(*) as integer) as asked_count
    from ended
    group by party, ended_at
)

select * from found

-- One row per outgoing call that became a conversation: whether a next step followed, and then a win.
with

conversations as (
    select call_id, client_id, started_at
    from {{ ref('int_calls__owned') }}
    where direction = 'out' and is_connected and talk_seconds >= {{ var('conversation_seconds') }}
),

deals as (
    select * from {{ ref('int_deals__described') }}
),

-- What moves things on: a meeting or a task that is set, or a deal that comes to a stage where it had not been.
next_steps as (
    select client_id, created_at as happened_at
    from {{ ref('int_activities__owned') }}
    where kind in ('meeting', 'task') and client_id is not null and created_at is not null
    union
    select deals.client_id, stays.entered_at
    from {{ ref('int_stage_events__intervals_built') }} as stays
    inner join deals using (deal_id)
    where stays.is_first_entry and not stays.is_return and stays.is_funnel and stays.stage_order > 1
        and deals.client_id <> 'unknown'
),

wins as (
    select distinct client_id, closed_at from deals where status = 'won' and client_id <> 'unknown'
),

stepped as (
    select
        conversations.*,
        coalesce(next_steps.happened_at <= started_at + interval {{ var('next_step_days') }} day, false) as has_next_step
    from conversations
    asof left join next_steps
        on next_steps.client_id = conversations.client_id and conversations.started_at <= next_steps.happened_at
),

found as (
    select
        stepped.call_id,
        stepped.has_next_step,
        stepped.has_next_step
            and coalesce(wins.closed_at <= started_at + interval {{ var('won_after_days') }} day, false) as is_won_after
    from stepped
    asof left join wins on wins.client_id = stepped.client_id and stepped.started_at <= wins.closed_at
)

select * from found

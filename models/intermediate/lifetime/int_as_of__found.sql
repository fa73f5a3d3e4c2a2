-- One row: the day up to which the company is known, that of the newest record before the last load.
with

loads as (
    select max(finished_at) as known_until from {{ ref('stg_embut__loads') }}
),

settings as (
    select timezone from {{ ref('stg_workspace__company_settings') }}
),

-- A source that is read no more must not look like a company that sells no more.
moments as (
    select max(created_at) filter (where created_at <= known_until) as happened_at
    from {{ ref('int_deals__described') }} cross join loads
    union all
    select max(closed_at) filter (where closed_at <= known_until)
    from {{ ref('int_deals__described') }} cross join loads
    union all
    select max(started_at) filter (where started_at <= known_until)
    from {{ ref('int_calls__owned') }} cross join loads
    union all
    select max(happened_at) filter (where happened_at <= known_until)
    from {{ ref('int_activities__owned') }} cross join loads
),

newest as (
    select coalesce(max(moments.happened_at), max(loads.known_until)) as happened_at
    from loads
    left join moments on true
),

found as (
    select cast({{ local_time('newest.happened_at', 'settings.timezone') }} as date) as as_of
    from newest
    cross join settings
)

select * from found

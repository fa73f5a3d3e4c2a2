with

-- The client's newest request with a known source before the call tells the lead that the call was about.
requests as (
    select client_id, asked_at, min(source_id) as source_id
    from (
        select client_id, began_at as asked_at, source_id from {{ ref('int_deals__described') }}
        union all
        select client_id, created_at, source_id from {{ ref('int_leads__described') }}
    )
    where client_id <> 'unknown' and source_id <> 'unknown' and asked_at is not null
    group by client_id, asked_at
),

deals as (
    select deal_id, nullif(source_id, 'unknown') as source_id from {{ ref('int_deals__described') }}
),

calls as (
    select * from {{ ref('fct_calls') }} where direction = 'out' and started_at_local is not null
),

sourced as (
    select
        calls.*,
        coalesce(deals.source_id, requests.source_id, 'unknown') as source_id,
        case
            when calls.hour_of_day < 9 then '00–09'
            when calls.hour_of_day < 12 then '09–12'
            when calls.hour_of_day < 15 then '12–15'
            when calls.hour_of_day < 18 then '15–18'
            else '18–24'
        end as day_part
    from calls
    left join deals using (deal_id)
    asof left join requests
        on requests.client_id = calls.client_id and {{ asof_moment('calls.started_at') }} >= requests.asked_at
),

counted as (
    select
        cast(date_trunc('month', started_at_local) as timestamp) as started_month,
        owner_id,
        department_id,
        source_id,
        day_part,
        count(*) as attempts,
        count(*) filter (where is_connected) as connected,
        count(*) filter (where is_conversation) as conversations,
        count(*) filter (where has_next_step) as next_steps,
        count(*) filter (where is_won_after) as wins
    from sourced
    group by all
),

climbed as (
    select
        started_month, owner_id, department_id, source_id, day_part,
        unnest([
            {'step': 'connected', 'cases': attempts, 'passed': connected},
            {'step': 'conversation', 'cases': connected, 'passed': conversations},
            {'step': 'next step', 'cases': conversations, 'passed': next_steps},
            {'step': 'won', 'cases': next_steps, 'passed': wins}
        ], recursive := true)
    from counted
),

-- The mix of the whole company, by which everybody's rates are weighted alike.
standard as (
    select
        step, source_id, day_part,
        cast(dense_rank() over (order by source_id, day_part) as integer) as stratum,
        sum(cases) / sum(sum(cases)) over (partition by step) as standard_share,
        sum(passed) / sum(cases) as company_rate
    from climbed
    where cases > 0
    group by step, source_id, day_part
),

final as (
    select
        md5(concat_ws('|', climbed.started_month, climbed.owner_id, climbed.department_id, step, source_id, day_part))
            as ladder_id,
        climbed.started_month,
        climbed.owner_id,
        climbed.department_id,
        step,
        source_id,
        day_part,
        standard.stratum,
        cast(climbed.cases as bigint) as cases,
        cast(climbed.passed as bigint) as passed,
        cast(standard.standard_share as double) as standard_share,
        cast(standard.company_rate as double) as company_rate
    from climbed
    inner join standard using (step, source_id, day_part)
    where climbed.cases > 0
)

select * from final
order by started_month

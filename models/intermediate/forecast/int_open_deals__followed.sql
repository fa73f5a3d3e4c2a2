-- One row per moment of a month and deal that was open then, with the month in which it was seen to end: what chances of open
-- deals are counted from. No row tells what was learnt later than the month's own end.
with

as_of as (
    select as_of, cast(date_trunc('month', as_of) as date) as this_month from {{ ref('int_as_of__found') }}
),

-- Every month is looked at twice: at its start, for forecasts that would have been made then, and at the day of the month that
-- it is now, which is as far from its end as we are.
months as (
    select
        months_ago,
        cast(this_month - to_months(months_ago) as timestamp) as month_start,
        least(month_start + (as_of - this_month + 1) * interval 1 day, month_start + interval 1 month) as same_day
    from as_of
    cross join (select unnest(generate_series(0, 48)) as months_ago) as numbers
),

moments as (
    select 'start' as kind, months_ago, month_start, month_start as happened_at, month_start as looked_at from months
    union all
    select 'day', months_ago, month_start, same_day,
        case when months_ago = 0 then timestamp '9999-12-31' else same_day end
    from months
),

stages as (
    select stage_id, any_value(pipeline_id) as pipeline_id from {{ ref('int_stages__ordered') }} group by stage_id
),

known as (
    select *, known_to is null or lead(known_from) over deal is not null as is_followed,
        stage_id is distinct from lag(stage_id) over deal as is_entry
    from {{ ref('int_deals__known') }}
    where not is_excluded
    window deal as (partition by deal_id order by known_from)
),

visits as (
    select *, max(case when is_entry then known_from_local end) over (
        partition by deal_id order by known_from rows unbounded preceding
    ) as stage_since
    from known
),

-- A deal that was deleted is as good as lost.
exits as (
    select deal_id, date_trunc('month', known_from_local) as exit_month, status = 'won' as is_won
    from known
    where status <> 'open' and known_to_local >= date_trunc('month', known_from_local) + interval 1 month
    union all
    select deal_id, date_trunc('month', known_to_local), false
    from known
    where status = 'open' and not is_followed
),

seen as (
    select
        moments.kind,
        cast(moments.months_ago as integer) as months_ago,
        moments.month_start,
        visits.deal_id,
        visits.stage_id,
        visits.owner_id,
        visits.department_id,
        visits.amount_company,
        {{ deal_age_band("date_diff('day', visits.stage_since, moments.happened_at)") }} as age_band,
        {{ deal_amount_band('visits.amount_company') }} as amount_band
    from visits
    inner join moments
        on visits.known_from_local < coalesce(moments.looked_at, moments.happened_at)
        and visits.known_to_local >= coalesce(moments.looked_at, moments.happened_at)
    where visits.status = 'open'
),

followed as (
    select
        seen.*,
        coalesce(stages.pipeline_id, 'unknown') as pipeline_id,
        cast(coalesce(date_diff('month', seen.month_start, exits.exit_month), -1) as integer) as exit_after,
        coalesce(exits.is_won, false) as is_won
    from seen
    asof left join exits on exits.deal_id = seen.deal_id and seen.month_start <= exits.exit_month
    left join stages on stages.stage_id = seen.stage_id
)

select * from followed

with

-- Only what tells a sale apart, of the deals that ever were one.
states as (
    select deal_as_of_id, deal_id, status, is_won, owner_id, department_id, amount_company, closed_at, known_from, known_to
    from {{ ref('fct_deals_as_of') }}
    where deal_id in (select deal_id from {{ ref('fct_deals_as_of') }} where is_won)
),

neighbours as (
    select
        *,
        coalesce(lag(is_won) over deal and lag(known_to) over deal = known_from, false) as is_continued,
        coalesce(lead(is_won) over deal and lead(known_from) over deal = known_to, false) as is_kept,
        lag(owner_id) over deal as owner_before_id,
        lag(department_id) over deal as department_before_id,
        lag(amount_company) over deal as amount_before,
        case when lead(status) over deal = 'lost' and lead(closed_at) over deal between closed_at and known_to
            then lead(closed_at) over deal end as lost_at,
        max(case when is_won then known_to end) over (
            partition by deal_id order by known_from rows between unbounded preceding and 1 preceding
        ) as left_at
    from states
    window deal as (partition by deal_id order by known_from)
),

-- A sale that came back is booked again, not before it had gone.
dated as (
    select
        *,
        max(case when not is_continued then greatest(coalesce(closed_at, known_from), left_at) end) over (
            partition by deal_id order by known_from
        ) as booked_at,
        greatest(known_from, booked_at) as changed_at,
        (owner_before_id, department_before_id) is distinct from (owner_id, department_id) as is_handed_over
    from neighbours
    where is_won
),

events as (
    select *, 'booked' as kind, 1 as sales_count, amount_company as event_amount, booked_at as occurred_at
    from dated
    where not is_continued
    union all
    select *, 'changed', 0, coalesce(amount_company, 0) - coalesce(amount_before, 0), changed_at
    from dated
    where is_continued and not is_handed_over and amount_company is distinct from amount_before
    union all
    select * replace (owner_before_id as owner_id, department_before_id as department_id),
        'credited_from', -1, -amount_before, changed_at
    from dated
    where is_continued and is_handed_over
    union all
    select *, 'credited_to', 1, amount_company, changed_at
    from dated
    where is_continued and is_handed_over
    union all
    select *, 'cancelled', -1, -amount_company, greatest(coalesce(lost_at, known_to), booked_at)
    from dated
    where known_to is not null and not is_kept
),

final as (
    select
        events.deal_as_of_id || ':' || events.kind as sale_id,
        events.deal_id,
        known.origin,
        events.kind,
        known.stage_id,
        known.client_id,
        known.product_id,
        known.source_id,
        known.branch,
        events.owner_id,
        events.department_id,
        known.owner_now_id,
        known.client_owner_id,
        known.client_department_id,
        cast(events.sales_count as integer) as sales_count,
        cast(events.event_amount as decimal(18, 2)) as amount_company,
        known.is_excluded,
        known.is_observed,
        events.occurred_at,
        {{ local_time('events.occurred_at', 'coalesce(deals.timezone, settings.timezone)') }} as occurred_at_local
    from events
    inner join {{ ref('fct_deals_as_of') }} as known using (deal_as_of_id)
    cross join {{ ref('stg_workspace__company_settings') }} as settings
    left join {{ ref('int_deals__described') }} as deals on deals.deal_id = events.deal_id
)

select * from final
order by occurred_at_local

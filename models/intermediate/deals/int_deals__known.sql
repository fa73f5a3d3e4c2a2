-- One row per deal and interval in which what was known of it stood still, before the contract of its mart.
{{ config(materialized='ephemeral') }}

with

deals as (
    select * from {{ ref('int_deals__described') }} where {{ in_share('deal_id') }}
),

exclusions as (
    select * from {{ ref('int_deal_exclusions__applied') }}
),

settings as (
    select sale_counts, vat, currency as company_currency, timezone from {{ ref('stg_workspace__company_settings') }}
),

rates as (
    select currency, rate_on, rate from {{ ref('stg_workspace__exchange_rates') }}
),

departments as (
    select manager_id, department_id, valid_from, coalesce(valid_to, cast('9999-12-31' as timestamp)) as valid_to
    from {{ ref('int_manager_departments__intervals_built') }}
),

stays as (
    select deal_id, stage_id, meaning, entered_at, entered_at as valid_from, exited_at as valid_to
    from {{ ref('int_stage_events__intervals_built') }}
    where entered_at is not null and exited_at is distinct from entered_at and {{ in_share('deal_id') }}
),

closings as (
    select deal_id, entered_at from stays where meaning in ('won', 'lost')
),

payments as (
    select payments.* from {{ ref('int_payments__dated') }} as payments
    cross join settings
    where settings.sale_counts in ('paid', 'invoiced') and {{ in_share('payments.deal_id') }}
),

payment_moments as (
    select distinct deal_id, unnest([issued_from, paid_from, known_to]) as known_from from payments
),

known_payments as (
    select
        payment_moments.known_from,
        payments.* replace (payment_moments.deal_id as deal_id),
        payments.issued_from <= payment_moments.known_from as is_billed,
        payments.paid_from <= payment_moments.known_from as is_received
    from payment_moments
    left join payments on payments.deal_id = payment_moments.deal_id
        and least(payments.issued_from, payments.paid_from) <= payment_moments.known_from
        and coalesce(payments.known_to > payment_moments.known_from, true)
    where payment_moments.known_from is not null
),

{{ summed_payments('known_payments', 'deal_id, known_from') }},

versions as (
    select
        versions.* replace (
            case when settings.vat = 'without' then versions.amount_net else versions.amount end as amount,
            coalesce(versions.currency, settings.company_currency) as currency
        ),
        versions.amount as agreed_amount,
        coalesce(people.manager_id, 'unknown') as owner_id,
        versions._loaded_at as known_from
    from {{ ref('int_deal_versions__unioned') }} as versions
    cross join settings
    left join {{ ref('int_person_references__resolved') }} as people
        on people.origin = versions.origin and people.person_ref = versions.owner_ref
    where {{ in_share('versions.deal_id') }}
    qualify row_number() over (partition by versions.deal_id, versions._loaded_at order by versions._load_id desc) = 1
),

-- A load that changed nothing of what is kept here begins no row.
stated as (
    select *, lead(known_from) over (partition by deal_id order by known_from) as stated_to
    from (
        select
            *,
            row(
                is_gone, pipeline_ref, stage_ref, status_word, owner_id, amount, agreed_amount, currency, closed_at,
                planned_or_closed_at, expected_close_on, moved_at, paid_at, completed_at
            ) as state
        from versions
        qualify state is distinct from lag(state) over (partition by deal_id order by known_from)
    ) as distinct_states
),

-- Where the record names no stage its moves alone tell it, and the record changes neither with them nor with payments.
moments as (
    select deal_id, entered_at as known_from, true as is_move from stays
    union all
    select deal_id, known_from, false as is_move from summed_payments
),

moved as (
    select distinct on (stated.deal_id, moments.known_from) stated.* replace (moments.known_from as known_from)
    from stated
    inner join moments on moments.deal_id = stated.deal_id
        and moments.known_from > stated.known_from
        and moments.known_from < coalesce(stated.stated_to, cast('9999-12-31' as timestamp))
    where stated.stage_ref is null or not moments.is_move
),

changes as (
    select
        * exclude (stated_to),
        lead(known_from) over (partition by deal_id order by known_from) as known_to,
        row_number() over (partition by deal_id order by known_from) as position
    from (select * from stated union all by name select * from moved) as all_changes
),

-- The stage that the record names; one that no longer has a name is taken from the source's history of stages.
judged as (
    select
        changes.* exclude (paid_at),
        {{ payment_marks('changes', 'changes.agreed_amount', 'payments') }},
        coalesce(stages.stage_id, stays.stage_id, 'unknown') as stage_id,
        case when stages.meaning_from = 'rule' then stages.meaning
            else coalesce(words.meaning, stages.meaning, stays.meaning, 'open') end as meaning
    from changes
    left join {{ ref('int_stage_mentions__resolved') }} as mentions
        on mentions.origin = changes.origin
        and mentions.pipeline_ref = changes.pipeline_ref
        and mentions.stage_ref = changes.stage_ref
    left join {{ ref('int_stages__ordered') }} as stages
        on stages.base_stage_id = mentions.base_stage_id
        and coalesce(changes.created_at, cast('9999-12-31' as timestamp)) >= stages.holds_from
        and coalesce(changes.created_at, cast('9999-12-31' as timestamp)) < stages.holds_to
    left join {{ ref('status_words') }} as words on words.word = {{ normal('changes.status_word') }}
    left join stays on stays.deal_id = changes.deal_id and {{ holds_at('stays', 'changes.known_from') }}
    asof left join summed_payments as payments
        on payments.deal_id = changes.deal_id and changes.known_from >= payments.known_from
),

finished as (
    select
        judged.* exclude (closed_at),
        {{ status_of('judged', 'settings') }} as status,
        coalesce(judged.closed_at, closings.entered_at, judged.planned_or_closed_at, judged.moved_at) as finished_at
    from judged
    cross join settings
    asof left join closings on closings.deal_id = judged.deal_id and judged.known_from >= closings.entered_at
),

observed as (
    select
        finished.deal_id,
        finished.origin,
        finished.position,
        finished.is_gone,
        true as is_observed,
        finished.known_from,
        finished.known_to,
        finished.pipeline_ref,
        finished.stage_id,
        finished.status,
        finished.owner_id,
        finished.amount,
        finished.currency,
        finished.created_at,
        finished.expected_close_on,
        {{ closed_at_of('finished', 'settings') }} as closed_at
    from finished
    cross join settings
),

-- Of days before the first load nothing was known: a deal stood where the source's history of stages has it, and what
-- else was first seen of it holds from its beginning. From the first load on it is known when a load brought it.
seen_first as (
    select observed.*, first_loads.first_loaded_at
    from observed
    inner join {{ ref('int_first_loads__found') }} as first_loads using (origin)
    where observed.position = 1 and not observed.is_gone and observed.created_at < first_loads.first_loaded_at
),

begun as (
    select deal_id, created_at as known_from from seen_first
    union
    select deal_id, greatest(stays.entered_at, seen_first.created_at) from seen_first
    inner join stays using (deal_id)
    where stays.entered_at < seen_first.first_loaded_at
    union
    select deal_id, greatest(closed_at, created_at) from seen_first
    where closed_at < first_loaded_at
),

traced as (
    select
        begun.deal_id,
        begun.known_from,
        coalesce(
            lead(begun.known_from) over (partition by begun.deal_id order by begun.known_from), seen_first.first_loaded_at
        ) as known_to,
        stays.stage_id,
        stays.meaning,
        stays.entered_at
    from begun
    inner join seen_first using (deal_id)
    left join stays on stays.deal_id = begun.deal_id and {{ holds_at('stays', 'begun.known_from') }}
),

reconstructed as (
    select
        seen_first.* exclude (first_loaded_at) replace (
            false as is_observed,
            traced.known_from as known_from,
            traced.known_to as known_to,
            coalesce(traced.stage_id, seen_first.stage_id) as stage_id,
            case
                when seen_first.status = 'ignored' or traced.known_from >= seen_first.closed_at then seen_first.status
                when traced.meaning = 'lost' then 'lost'
                when traced.meaning = 'won' and settings.sale_counts = 'won' then 'won'
                else 'open'
            end as status,
            case
                when traced.known_from >= seen_first.closed_at then seen_first.closed_at
                when traced.meaning = 'lost' then traced.entered_at
                when traced.meaning = 'won' and settings.sale_counts = 'won' then traced.entered_at
            end as closed_at
        )
    from traced
    inner join seen_first using (deal_id)
    cross join settings
),

known as (
    select * from observed where not is_gone
    union all by name
    select * from reconstructed
),

owners as (
    select * from {{ ref('int_deal_owners__intervals_built') }} where {{ in_share('deal_id') }}
),

-- A closed deal belongs to who had it when it closed, whoever has taken it over since.
credited as (
    select
        known.* replace (coalesce(owners.manager_id, known.owner_id) as owner_id),
        coalesce(cast(known.closed_at as date), cast('9999-12-31' as date)) as rate_day
    from known
    left join owners on owners.deal_id = known.deal_id and {{ holds_at('owners', 'known.closed_at') }}
),

-- Rates of all days on which a deal may have closed: far fewer than deals, which then find theirs by key.
closing_days as (
    select cast(closed_at as date) as rate_day from observed where closed_at is not null
    union
    select cast(entered_at as date) from closings
    union
    select cast('9999-12-31' as date)
),

rated as (
    select currencies.currency, closing_days.rate_day, rates.rate
    from (select distinct currency from observed) as currencies
    cross join closing_days
    asof left join rates on rates.currency = currencies.currency and closing_days.rate_day >= rates.rate_on
),

priced as (
    select
        credited.*,
        case when credited.currency = settings.company_currency then 1 else rated.rate end as rate
    from credited
    cross join settings
    left join rated on rated.currency = credited.currency and rated.rate_day = credited.rate_day
),

-- A closed deal stays with the department of its closing; an open one goes where its owner goes.
placed as (
    select
        priced.* replace (
            case when priced.closed_at is null then greatest(priced.known_from, departments.valid_from)
                else priced.known_from end as known_from,
            case when priced.closed_at is null and departments.valid_to < '9999-12-31'
                then least(coalesce(priced.known_to, departments.valid_to), departments.valid_to)
                else priced.known_to end as known_to
        ),
        coalesce(departments.department_id, 'unknown') as department_id
    from priced
    left join departments
        on departments.manager_id = priced.owner_id
        and departments.valid_to > coalesce(priced.closed_at, priced.known_from)
        and departments.valid_from
            <= coalesce(priced.closed_at, priced.known_to - interval 1 microsecond, cast('9999-12-31' as timestamp))
),

-- Who had a deal last that is gone since.
lasts as (
    select
        placed.deal_id,
        arg_max(placed.owner_id, placed.known_from) as owner_id,
        arg_max(placed.department_id, placed.known_from) as department_id
    from placed
    anti join deals using (deal_id)
    group by placed.deal_id
),

final as (
    select
        placed.deal_id || ':' || epoch_us(placed.known_from) as deal_as_of_id,
        placed.deal_id,
        placed.origin,
        deals.source_url,
        deals.title,
        coalesce(placed.origin || ':' || placed.pipeline_ref, deals.pipeline_id, 'unknown') as pipeline_id,
        cast(coalesce(versions.pipeline_version, 1) as integer) as pipeline_version,
        placed.stage_id,
        placed.status,
        coalesce(deals.client_id, 'unknown') as client_id,
        coalesce(deals.product_id, 'unknown') as product_id,
        coalesce(deals.source_id, 'unknown') as source_id,
        deals.branch,
        placed.owner_id,
        placed.department_id,
        coalesce(deals.owner_now_id, lasts.owner_id) as owner_now_id,
        coalesce(deals.department_now_id, lasts.department_id) as department_now_id,
        coalesce(deals.client_owner_id, 'unknown') as client_owner_id,
        coalesce(deals.client_department_id, 'unknown') as client_department_id,
        placed.currency,
        case when placed.status = 'lost' then deals.lost_reason end as lost_reason,
        cast(placed.amount * placed.rate as decimal(18, 2)) as amount_company,
        cast({{ days_between('placed.created_at', 'placed.closed_at') }} as double) as cycle_days,
        placed.status = 'won' as is_won,
        placed.status = 'lost' as is_lost,
        placed.status = 'open' as is_open,
        exclusions.deal_id is not null as is_excluded,
        deals.deal_id is null as is_gone,
        placed.is_observed,
        placed.created_at,
        {{ local_time('placed.created_at', 'coalesce(deals.timezone, settings.timezone)') }} as created_at_local,
        placed.closed_at,
        {{ local_time('placed.closed_at', 'coalesce(deals.timezone, settings.timezone)') }} as closed_at_local,
        placed.expected_close_on,
        case when placed.status = 'won' then closed_at_local end as won_at_local,
        case when placed.status = 'lost' then closed_at_local end as lost_at_local,
        placed.known_from,
        {{ local_time('placed.known_from', 'settings.timezone') }} as known_from_local,
        placed.known_to,
        coalesce({{ local_time('placed.known_to', 'settings.timezone') }}, cast('9999-12-31' as timestamp)) as known_to_local
    from placed
    cross join settings
    left join deals on deals.deal_id = placed.deal_id
    left join lasts on lasts.deal_id = placed.deal_id
    left join exclusions on exclusions.deal_id = placed.deal_id
    left join {{ ref('int_pipelines__versioned') }} as versions
        on versions.pipeline_id = placed.origin || ':' || placed.pipeline_ref
        and coalesce(placed.created_at, cast('9999-12-31' as timestamp)) >= versions.valid_from
        and (versions.valid_to is null or coalesce(placed.created_at, cast('9999-12-31' as timestamp)) < versions.valid_to)
)

select * from final

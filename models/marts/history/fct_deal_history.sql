with

deals as not materialized (
    select * from {{ ref('int_deals__described') }} where {{ in_share('deal_id') }}
),

exclusions as (
    select * from {{ ref('int_deal_exclusions__applied') }}
),

-- Of several moves in one moment the last one counts: the stays between them lasted no time.
stays as (
    select deal_id, stage_id, meaning, entered_at as valid_from, exited_at as valid_to
    from {{ ref('int_stage_events__intervals_built') }}
    where entered_at is not null and exited_at is distinct from entered_at and {{ in_share('deal_id') }}
),

versions as (
    select
        deal_id,
        {'known': amount} as amount,
        coalesce(updated_at, _loaded_at) as changed_at,
        row_number() over (partition by deal_id order by _load_id, _loaded_at, updated_at) as position
    from {{ ref('int_deal_versions__unioned') }}
    where is_gone is distinct from true and {{ in_share('deal_id') }}
),

amount_changes as (
    select *
    from versions
    qualify amount is distinct from lag(amount) over (partition by deal_id order by position)
),

amounts as (
    {{ intervals_of('amount_changes', 'deal_id', 'amount') }}
),

owners as (
    select * from {{ ref('int_deal_owners__intervals_built') }} where {{ in_share('deal_id') }}
),

settings as (
    select sale_counts from {{ ref('stg_workspace__company_settings') }}
),

first_loads as (
    select * from {{ ref('int_first_loads__found') }}
),

-- A deal changes when it is created, moves, is handed over, gets another amount or closes.
changes as (
    select deal_id, created_at as valid_from from deals where created_at is not null
    union
    select deal_id, valid_from from stays
    union
    select deal_id, valid_from from owners where valid_from > {{ since_ever() }}
    union
    select deal_id, valid_from from amounts where valid_from > {{ since_ever() }}
    union
    select deal_id, closed_at from deals where closed_at is not null
),

-- What a source dates before the deal was created was so from its beginning.
begun as (
    select distinct changes.deal_id, greatest(changes.valid_from, deals.created_at) as valid_from
    from changes
    inner join deals using (deal_id)
),

-- Sorted while it is narrow; all that follows is found by key and bounds, which keeps no row.
followed as (
    select *, lead(valid_from) over (partition by deal_id order by valid_from) as valid_to from begun
),

described as (
    select
        followed.*,
        coalesce(stays.stage_id, deals.stage_id) as stage_id,
        case
            when deals.status = 'ignored' then 'ignored'
            when followed.valid_from >= deals.closed_at then deals.status
            when stays.meaning = 'lost' or stays.meaning = 'won' and settings.sale_counts = 'won'
                then stays.meaning
            else 'open'
        end as status,
        coalesce(owners.manager_id, deals.owner_now_id) as owner_id,
        cast(amounts.amount.known * deals.rate as decimal(18, 2)) as amount_company,
        deals.* exclude (deal_id, stage_id, status, owner_id, amount, amount_company, department_id)
    from followed
    inner join deals using (deal_id)
    left join stays on stays.deal_id = followed.deal_id and {{ holds_at('stays', 'followed.valid_from') }}
    left join owners on owners.deal_id = followed.deal_id and {{ holds_at('owners', 'followed.valid_from') }}
    left join amounts on amounts.deal_id = followed.deal_id and {{ holds_at('amounts', 'followed.valid_from') }}
    cross join settings
),

placed as (
    select described.*, coalesce(departments.department_id, 'unknown') as department_id
    from described
    left join {{ ref('int_manager_departments__intervals_built') }} as departments
        on departments.manager_id = described.owner_id and {{ holds_at('departments', 'described.valid_from') }}
),

final as (
    select
        placed.deal_id || ':' || epoch_us(placed.valid_from) as deal_history_id,
        placed.deal_id,
        placed.stage_id,
        placed.status,
        placed.owner_id,
        placed.department_id,
        placed.owner_now_id,
        placed.client_id,
        placed.client_owner_id,
        placed.client_department_id,
        placed.product_id,
        placed.source_id,
        placed.amount_company,
        exclusions.deal_id is not null as is_excluded,
        coalesce(placed.valid_from >= first_loads.first_loaded_at, false) as is_observed,
        placed.created_at,
        {{ local_time('placed.created_at', 'placed.timezone') }} as created_at_local,
        placed.valid_from,
        {{ local_time('placed.valid_from', 'placed.timezone') }} as valid_from_local,
        placed.valid_to,
        coalesce({{ local_time('placed.valid_to', 'placed.timezone') }}, cast('9999-12-31' as timestamp))
            as valid_to_local
    from placed
    left join exclusions on exclusions.deal_id = placed.deal_id
    left join first_loads on first_loads.origin = placed.origin
)

select * from final

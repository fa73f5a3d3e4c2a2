with

history as (
    select * from {{ ref('fct_deal_history') }} where {{ in_share('deal_id') }}
),

loads as (
    select cast({{ local_time('max(loads.finished_at)', 'any_value(settings.timezone)') }} as timestamp) as known_until
    from {{ ref('stg_embut__loads') }} as loads
    cross join {{ ref('stg_workspace__company_settings') }} as settings
),

-- The moment at which a month is looked at: its end, or the last load while it lasts.
months as (
    select distinct
        cast(days.month_start as timestamp) as month_start,
        least(cast(days.month_start + interval 1 month as timestamp), loads.known_until) as looked_at
    from {{ ref('dim_date') }} as days
    cross join loads
    where days.month_start <= loads.known_until
),

-- Open deals stand in every month end until they close; closed ones only in the month that they closed in.
final as (
    select
        history.deal_id || ':' || strftime(months.month_start, '%Y-%m') as deal_month_id,
        history.deal_id,
        history.stage_id,
        history.status,
        history.owner_id,
        history.department_id,
        history.owner_now_id,
        history.client_id,
        history.client_owner_id,
        history.client_department_id,
        history.product_id,
        history.source_id,
        history.amount_company,
        cast(date_diff('day', history.created_at_local, months.looked_at) as integer) as age_days,
        history.status = 'open' as is_open,
        history.status = 'won' as is_won,
        history.status = 'lost' as is_lost,
        history.is_excluded,
        months.month_start,
        months.looked_at
    from history
    inner join months
        on months.looked_at > history.valid_from_local and months.looked_at <= history.valid_to_local
    where history.status = 'open'
        or history.status in ('won', 'lost') and history.valid_from_local >= months.month_start
)

select * from final
order by month_start

with

stays as (
    select * from {{ ref('int_stage_events__owned') }}
),

deals as (
    select * from {{ ref('int_deals__described') }}
),

exclusions as (
    select * from {{ ref('int_deal_exclusions__applied') }}
),

final as (
    select
        stays.stage_event_id,
        stays.deal_id,
        stays.pipeline_id,
        stays.stage_id,
        stays.stage_order,
        stays.owner_id,
        stays.department_id,
        deals.owner_now_id,
        deals.client_owner_id,
        deals.client_department_id,
        deals.product_id,
        deals.source_id,
        stays.how,
        stays.is_first_entry,
        stays.is_return,
        stays.is_reopen,
        stays.arrival = 2 as is_inferred,
        exclusions.deal_id is not null as is_excluded,
        stays.entered_at,
        {{ local_time('stays.entered_at', 'deals.timezone') }} as entered_at_local,
        stays.exited_at,
        {{ local_time('stays.exited_at', 'deals.timezone') }} as exited_at_local,
        {{ seconds_between('stays.entered_at', 'stays.exited_at') }} as stay_seconds,
        stays._load_id
    from stays
    inner join deals using (deal_id)
    left join exclusions using (deal_id)
)

select * from final
order by entered_at_local

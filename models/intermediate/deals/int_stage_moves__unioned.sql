with

crm as (
    select stage_event_id, origin, deal_id, pipeline_ref, stage_ref, cast(null as varchar) as how,
        entered_at, position, _load_id
    from {{ ref('stg_bitrix24__stage_moves') }}
),

files as (
    select moves.stage_event_id, moves.origin, moves.deal_id,
        coalesce(moves.pipeline_ref, deals.pipeline_ref, 'default') as pipeline_ref,
        moves.stage_ref, moves.how, moves.entered_at, moves.position, moves._load_id
    from {{ ref('stg_files__stage_events') }} as moves
    left join {{ ref('int_deals__unioned') }} as deals using (deal_id)
),

unioned as (
    select * from crm
    union all by name
    select * from files
    {{ also_staged('stage_moves') }}
)

select * from unioned

-- One row per stay of a deal in a stage.
with

deals as (
    select dated.*, stages.stage_id, stages.meaning in ('won', 'lost') as is_closing
    from (
        select *, coalesce(created_at, cast('9999-12-31' as timestamp)) as judged_at
        from {{ ref('int_deals__unioned') }}
        where {{ in_share('deal_id') }}
    ) as dated
    left join {{ ref('int_stage_mentions__resolved') }} as mentions using (origin, pipeline_ref, stage_ref)
    left join {{ ref('int_stages__ordered') }} as stages
        on stages.base_stage_id = mentions.base_stage_id
        and dated.judged_at >= stages.holds_from
        and dated.judged_at < stages.holds_to
),

moves as (
    select moves.stage_event_id, moves.deal_id, stages.stage_id, moves.how, moves.entered_at, moves.position,
        moves._load_id
    from (select * from {{ ref('int_stage_moves__unioned') }} where {{ in_share('deal_id') }}) as moves
    inner join deals using (deal_id)
    inner join {{ ref('int_stage_mentions__resolved') }} as mentions
        on mentions.origin = moves.origin
        and mentions.pipeline_ref = moves.pipeline_ref
        and mentions.stage_ref = moves.stage_ref
    inner join {{ ref('int_stages__ordered') }} as stages
        on stages.base_stage_id = mentions.base_stage_id
        and deals.judged_at >= stages.holds_from
        and deals.judged_at < stages.holds_to
),

last_moves as (
    select
        deal_id,
        arg_max(stage_id, (entered_at, coalesce(position, 0), stage_event_id)) as stage_id,
        max(entered_at) as entered_at
    from moves
    group by deal_id
),

-- Where the source kept no history, or its last move is missing, the present stage is the one stay known.
missing as (
    select
        deals.deal_id || ':now' as stage_event_id,
        deals.deal_id,
        deals.stage_id,
        'auto' as how,
        case
            when last_moves.deal_id is not null
                then greatest(coalesce(deals.moved_at, deals.updated_at, last_moves.entered_at), last_moves.entered_at)
            when deals.is_closing
                then coalesce(deals.closed_at, deals.planned_or_closed_at, deals.moved_at, deals.created_at)
            else deals.created_at
        end as entered_at,
        cast(null as bigint) as position,
        deals._load_id
    from deals
    left join last_moves using (deal_id)
    where deals.stage_id is not null and last_moves.stage_id is distinct from deals.stage_id
),

unioned as (
    select *, 1 as arrival from moves
    union all by name
    select *, 2 as arrival from missing
),

-- A source may repeat a move into the stage where the deal already stands: that is one stay.
changed as (
    select *
    from unioned
    qualify stage_id is distinct from lag(stage_id) over (
        partition by deal_id order by entered_at, arrival, position nulls last, stage_event_id
    )
),

placed as (
    select
        changed.*,
        stages.pipeline_id,
        stages.stage_order,
        stages.meaning,
        stages.is_funnel and stages.pipeline_version = coalesce(versions.pipeline_version, 1) as is_funnel,
        row_number() over (
            partition by changed.deal_id order by changed.entered_at, arrival, position nulls last, stage_event_id
        ) as stay_number
    from changed
    inner join deals on deals.deal_id = changed.deal_id
    inner join {{ ref('int_stages__ordered') }} as stages on stages.stage_id = changed.stage_id
    left join {{ ref('int_pipelines__versioned') }} as versions
        on versions.pipeline_id = stages.pipeline_id
        and deals.judged_at >= versions.valid_from
        and (versions.valid_to is null or deals.judged_at < versions.valid_to)
),

stays as (
    select
        placed.*,
        lead(entered_at) over deal as exited_at,
        row_number() over (partition by deal_id, stage_id order by stay_number) = 1 as is_first_entry,
        is_funnel and coalesce(stage_order < max(case when is_funnel then stage_order end) over (
            partition by deal_id, pipeline_id order by stay_number rows between unbounded preceding and 1 preceding
        ), false) as is_return,
        meaning in ('open', 'qualified') and coalesce(lag(meaning) over deal in ('won', 'lost'), false) as is_reopen
    from placed
    window deal as (partition by deal_id order by stay_number)
)

select * from stays

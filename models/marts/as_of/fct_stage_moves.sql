with

versions as (
    select * from {{ ref('int_stage_move_versions__unioned') }} where {{ in_share('stage_event_id') }}
),

-- A deal that is gone was judged by its stages as any other.
deals as (
    select deal_id, coalesce(arg_max(created_at, _load_id), cast('9999-12-31' as timestamp)) as judged_at
    from {{ ref('int_deal_versions__unioned') }}
    group by deal_id
),

settings as (
    select timezone from {{ ref('stg_workspace__company_settings') }}
),

seen as (
    select
        versions.*,
        first_loads.first_loaded_at,
        lead(versions._loaded_at) over move as seen_until,
        row_number() over move = 1
            and versions.entered_at < first_loads.first_loaded_at as is_older,
        cast({{ local_time('first_loads.first_loaded_at', 'settings.timezone') }} as date)
            = cast({{ local_time('versions._loaded_at', 'settings.timezone') }} as date) as is_of_first_day
    from versions
    inner join {{ ref('int_first_loads__found') }} as first_loads using (origin)
    cross join settings
    window move as (partition by versions.stage_event_id order by versions._load_id)
),

-- Of days before the first load nothing was known: what has come to be known of them holds there. From the first load on
-- a move is known when a load brought it, and until one took it back.
known as (
    select *, case when is_older and is_of_first_day then entered_at else _loaded_at end as known_from, seen_until as known_to
    from seen
    where not is_gone
    union all by name
    select *, entered_at as known_from, first_loaded_at as known_to
    from seen
    where is_older and not is_of_first_day and not is_gone
),

final as (
    select
        known.stage_event_id || ':' || epoch_us(known.known_from) as stage_move_id,
        known.stage_event_id,
        known.deal_id,
        stages.stage_id,
        known.position,
        known.entered_at,
        {{ local_time('known.known_from', 'settings.timezone') }} as known_from_local,
        coalesce({{ local_time('known.known_to', 'settings.timezone') }}, cast('9999-12-31' as timestamp)) as known_to_local
    from known
    cross join settings
    inner join deals using (deal_id)
    inner join {{ ref('int_stage_mentions__resolved') }} as mentions using (origin, pipeline_ref, stage_ref)
    inner join {{ ref('int_stages__ordered') }} as stages
        on stages.base_stage_id = mentions.base_stage_id
        and deals.judged_at >= stages.holds_from
        and deals.judged_at < stages.holds_to
)

select * from final
order by entered_at

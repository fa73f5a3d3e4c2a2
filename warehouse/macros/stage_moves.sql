{#
    Moves of deals between stages as loads saw them, for a source that keeps no history of its own. `versions` has one
    row per version of a deal: source_name, id, pipeline_ref, stage_ref, created_at, changed_at (when the record changed),
    stage_since (when it entered its stage, if the record says), _op, _load_id, _loaded_at. What happened between two
    loads, and before the first, is not to be seen: the first version stands for the deal's begin.
#}
{% macro moves_of_versions(versions) -%}
    select
        {{ source_key('source_name', "id || ':' || _load_id") }} as stage_event_id,
        source_name as origin,
        {{ source_key('source_name', 'id') }} as deal_id,
        pipeline_ref,
        stage_ref,
        coalesce(stage_since, case when is_first then created_at else changed_at end, _loaded_at) as entered_at,
        row_number() over (partition by source_name, id order by _load_id) as position,
        _load_id,
        _loaded_at
    from (
        select *, row_number() over deal = 1 as is_first
        from {{ versions }}
        where _op <> 'delete' and stage_ref is not null
        window deal as (partition by source_name, id order by _load_id)
        qualify is_first
            or stage_ref <> lag(stage_ref) over deal
            or pipeline_ref is distinct from lag(pipeline_ref) over deal
    ) as changes
{%- endmacro %}

{#
    When something happened of which a record says only the day: when the record changed, unless that was on a later day,
    else at the end of the day, after everything else that happened on it.
#}
{% macro moment_of_day(day, changed_at) -%}
    case
        when cast({{ changed_at }} as date) <= cast({{ day }} as date) then {{ changed_at }}
        else cast(cast({{ day }} as date) as timestamp) + interval '86399 seconds'
    end
{%- endmacro %}

{# What a move is, of those that stand and of all their versions alike; the columns alone, of one row of the source. #}
{% macro bitrix24_stage_move() -%}
    {{ source_key('source_name', "trim(cast(id as varchar))") }} as stage_event_id,
        source_name as origin,
        {{ source_key('source_name', "trim(cast(owner_id as varchar))") }} as deal_id,
        coalesce({{ clean('category_id') }}, '0') as pipeline_ref,
        {{ clean('stage_id') }} as stage_ref,
        created_time as entered_at,
        cast(id as bigint) as position
{%- endmacro %}

{% macro files_stage_move() -%}
    {{ source_key('source_name', "trim(event_id)") }} as stage_event_id,
        source_name as origin,
        {{ source_key('source_name', "trim(deal_id)") }} as deal_id,
        {{ clean('pipeline') }} as pipeline_ref,
        {{ clean('stage') }} as stage_ref,
        entered_at,
        try_cast(event_id as bigint) as position
{%- endmacro %}

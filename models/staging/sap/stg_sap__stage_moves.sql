{{ config(enabled=is_connected('sap')) }}
with

source as (
    select * from {{ source('sap', 'deals__history') }}
),

versions as (
    select
        source_name, 'phase:' || id as id, coalesce({{ clean('pipeline_id') }}, '0') as pipeline_ref,
        {{ clean('stage_id') }} as stage_ref, created_on as created_at, changed_on as changed_at,
        greatest(stage_since, created_on) as stage_since, _op, _load_id, _loaded_at
    from source
    union all by name
    select
        source_name, 'outcome:' || id as id, coalesce({{ clean('pipeline_id') }}, '0') as pipeline_ref,
        case status when '4' then 'won' when '5' then 'lost' when '3' then 'stopped' end as stage_ref,
        changed_on as created_at, changed_on as changed_at,
        {{ moment_of_day('status_since', 'changed_on') }} as stage_since, _op, _load_id, _loaded_at
    from source
),

seen as (
    {{ moves_of_versions('versions') }}
),

moves as (
    select * replace (regexp_replace(deal_id, ':(phase|outcome):', ':') as deal_id) from seen
)

select * from moves

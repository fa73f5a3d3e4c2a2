{{ config(enabled=is_connected('megaplan')) }}
with

programs as (
    select *, from_json(states, '["JSON"]') as states_list from {{ source('megaplan', 'pipelines') }} where not _deleted
),

source as (
    select
        * exclude (id, name),
        id as pipeline_ref,
        name as pipeline,
        state ->> '$.id' as stage_ref,
        state ->> '$.name' as name,
        number,
        {{ megaplan_outcome("state ->> '$.type'") }} as outcome
    from (
        select *, unnest(states_list) as state, generate_subscripts(states_list, 1) as number from programs
    ) as states
)

{{ usual_stages('source') }}

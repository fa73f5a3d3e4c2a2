with

stages as (
    select * from {{ ref('int_stages__ordered') }}
),

published as (
    select
        stage_id,
        pipeline_id,
        pipeline_name,
        pipeline_version,
        stage_name,
        stage_order,
        meaning,
        valid_from,
        valid_to
    from stages
),

unioned as (
    select * from published
    union all by name
    select 'unknown' as stage_id, 'unknown' as pipeline_id, 1 as pipeline_version, 'open' as meaning,
        {{ since_ever() }} as valid_from
)

select * from unioned

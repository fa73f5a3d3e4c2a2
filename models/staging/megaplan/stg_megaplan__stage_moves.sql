{{ config(enabled=is_connected('megaplan')) }}
with

versions as (
    select
        source_name, id, coalesce({{ clean('pipeline_id') }}, '0') as pipeline_ref, {{ clean('stage_id') }} as stage_ref,
        created_at, updated_at as changed_at, greatest(stage_since, created_at) as stage_since, _op, _load_id, _loaded_at
    from {{ source('megaplan', 'deals__history') }}
)

{{ moves_of_versions('versions') }}

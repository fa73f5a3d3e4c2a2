{{ config(enabled=is_connected('elma365')) }}
with

versions as (
    select
        source_name, id, '0' as pipeline_ref, {{ clean('stage_id') }} as stage_ref, created_at, updated_at as changed_at,
        cast(null as timestamp) as stage_since, _op, _load_id, _loaded_at
    from {{ source('elma365', 'deals__history') }}
)

{{ moves_of_versions('versions') }}

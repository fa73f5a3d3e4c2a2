{{ config(enabled=is_connected('sap_crm')) }}
with

versions as (
    select
        source_name, id, coalesce({{ clean('process_type') }}, '0') as pipeline_ref,
        case when {{ clean('status') }} is null or regexp_matches(lower(status), '^(open|in process)') then {{ clean('stage') }} else {{ clean('status') }} end as stage_ref,
        created_at, updated_at as changed_at, cast(null as timestamp) as stage_since, _op, _load_id, _loaded_at
    from {{ source('sap_crm', 'deals__history') }}
)

{{ moves_of_versions('versions') }}

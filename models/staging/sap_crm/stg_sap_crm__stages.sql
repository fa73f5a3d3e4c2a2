{{ config(enabled=is_connected('sap_crm')) }}
with

named as (
    select
        source_name,
        coalesce({{ clean('process_type') }}, '0') as pipeline_ref,
        case when {{ clean('status') }} is null or regexp_matches(lower(status), '^(open|in process)') then {{ clean('stage') }} else {{ clean('status') }} end as stage_ref,
        case when lower(status) like 'won%' then 'won' when lower(status) like 'lost%' then 'lost' else 'open' end as outcome,
        max(_load_id) as _load_id,
        max(_loaded_at) as _loaded_at
    from {{ source('sap_crm', 'deals') }}
    where not _deleted
    group by all
),

source as (
    select
        *,
        false as _deleted,
        pipeline_ref as pipeline,
        stage_ref as name,
        row_number() over (partition by source_name, pipeline_ref order by outcome <> 'open', stage_ref) as number
    from named
    where stage_ref is not null
)

{{ usual_stages('source') }}

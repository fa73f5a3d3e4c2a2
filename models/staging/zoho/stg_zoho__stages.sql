{{ config(enabled=is_connected('zoho')) }}
with

-- Deals name their stage by its value.
source as (
    select
        *,
        pipeline_id as pipeline_ref,
        stage as stage_ref,
        case forecast when 'Closed Won' then 'won' when 'Closed Lost' then 'lost' else 'open' end as outcome
    from {{ source('zoho', 'stages') }}
    where not _deleted
    qualify row_number() over (partition by source_name, pipeline_id, stage order by key) = 1
)

{{ usual_stages('source') }}

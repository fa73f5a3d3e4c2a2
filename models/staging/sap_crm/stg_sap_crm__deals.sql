{{ config(enabled=is_connected('sap_crm')) }}
with

source as (
    select
        * exclude (close_on),
        coalesce({{ clean('process_type') }}, '0') as pipeline_ref,
        case when {{ clean('status') }} is null or regexp_matches(lower(status), '^(open|in process)') then {{ clean('stage') }} else {{ clean('status') }} end as stage_ref,
        case when lower(status) like 'won%' then 'won' when lower(status) like 'lost%' then 'lost' else 'open' end as outcome,
        cast(null as varchar) as product,
        cast(null as timestamp) as closed_at,
        cast(close_on as date) as close_on
    from {{ source('sap_crm', 'deals') }}
)

{{ usual_deals('source') }}

{{ config(enabled=is_connected('elma365')) }}
with

-- The outcome of a deal is what its status means.
source as (
    select
        *,
        '0' as pipeline_ref,
        stage_id as stage_ref,
        cast(null as varchar) as outcome,
        cast(null as varchar) as product,
        cast(null as timestamp) as closed_at
    from {{ source('elma365', 'deals') }}
)

{{ usual_deals('source') }}

{{ config(enabled=is_connected('megaplan')) }}
with

-- The outcome of a deal is what its stage means.
source as (
    select
        *,
        coalesce({{ clean('pipeline_id') }}, '0') as pipeline_ref,
        stage_id as stage_ref,
        cast(null as varchar) as outcome,
        case when client_kind = 'ContractorCompany' then client_id end as company_id,
        case when client_kind <> 'ContractorCompany' then client_id end as contact_id,
        cast(null as varchar) as product,
        cast(null as timestamp) as closed_at,
        cast(null as date) as close_on
    from {{ source('megaplan', 'deals') }}
)

{{ usual_deals('source') }}

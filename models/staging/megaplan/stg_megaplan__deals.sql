{{ config(enabled=is_connected('megaplan')) }}
with

source as (
    select
        *,
        coalesce({{ clean('pipeline_id') }}, '0') as pipeline_ref,
        stage_id as stage_ref,
        {{ megaplan_outcome('result') }} as outcome,
        case when client_kind = 'ContractorCompany' then client_id end as company_id,
        coalesce(person_id, case when client_kind <> 'ContractorCompany' then client_id end) as contact_id,
        cast(null as varchar) as product,
        stage_since as closed_at,
        cast(null as date) as close_on
    from {{ source('megaplan', 'deals') }}
)

{{ usual_deals('source') }}

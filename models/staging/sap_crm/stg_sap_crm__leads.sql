{{ config(enabled=is_connected('sap_crm')) }}
with

source as (
    select
        *,
        cast(null as varchar) as name,
        cast([] as varchar[]) as phones,
        cast([] as varchar[]) as emails,
        {{ lead_outcome('status') }} as outcome,
        {{ lead_deals('deal_id') }} as deal_refs,
        _extra as own,
        cast(null as varchar) as address,
        case when {{ crm_id('deal_id') }} is null then updated_at end as status_since
    from {{ source('sap_crm', 'leads') }}
)

{{ usual_leads('source') }}

{{ config(enabled=is_connected('creatio'), materialized='ephemeral') }}
with

source as (
    select
        *,
        'invoice' as kind,
        cast(null as varchar) as currency,
        case when amount_paid >= amount then paid_on end as paid_at,
        false as is_void
    from {{ source('creatio', 'invoices') }}
)

{{ usual_payments('source') }}

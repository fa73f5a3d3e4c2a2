{{ config(enabled=is_connected('creatio'), materialized='ephemeral') }}
with

source as (
    select
        *,
        'invoice' as kind,
        cast(null as varchar) as currency,
        issued_on as issued_at,
        cast(null as date) as due_on,
        case when amount_paid >= amount then paid_on end as paid_at,
        false as is_void
    from {{ source('creatio', 'invoices__history') }}
)

{{ usual_payments('source') }}

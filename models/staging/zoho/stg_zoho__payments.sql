{{ config(enabled=is_connected('zoho'), materialized='ephemeral') }}
with

source as (
    select
        *,
        'invoice' as kind,
        case when lower(status) in ('paid', 'paid in full') then amount end as amount_paid,
        cast(null as timestamp) as paid_at,
        lower(status) in ('cancelled', 'canceled', 'void') as is_void
    from {{ source('zoho', 'invoices') }}
)

{{ usual_payments('source') }}

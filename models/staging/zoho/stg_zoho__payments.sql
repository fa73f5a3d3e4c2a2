{{ config(enabled=is_connected('zoho'), materialized='ephemeral') }}
with

invoices as (
    select *, coalesce(lower(status) in ('paid', 'paid in full'), false) as is_paid
    from {{ source('zoho', 'invoices__history') }}
),

source as (
    select
        *,
        'invoice' as kind,
        case when is_paid then amount else 0 end as amount_paid,
        issued_on as issued_at,
        -- No field says when; what changes a paid invoice later doesn't move it.
        case when is_paid then min(updated_at) filter (where is_paid) over (partition by source_name, id) end as paid_at,
        lower(status) in ('cancelled', 'canceled', 'void') as is_void
    from invoices
)

{{ usual_payments('source') }}

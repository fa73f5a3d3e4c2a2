{{ config(enabled=is_connected('onec'), materialized='ephemeral') }}
with

currencies as (
    select source_name, id as currency_id, upper({{ clean('name') }}) as currency from {{ source('onec', 'currencies') }}
),

invoices as (
    select *, 'invoice' as kind, basis_id as deal_id, date as issued_at, cast(null as timestamp) as paid_at
    from {{ source('onec', 'invoices__history') }}
),

-- A payment is for a deal, or for an invoice of one.
payments as (
    select payments.*, 'payment' as kind, coalesce(invoices.basis_id, payments.basis_id) as deal_id, payments.date as paid_at
    from {{ source('onec', 'payments__history') }} as payments
    left join {{ source('onec', 'invoices') }} as invoices
        on invoices.source_name = payments.source_name and invoices.id = payments.basis_id
),

documents as (
    select * from invoices
    union all by name
    select * from payments
),

source as (
    select
        documents.*,
        case when regexp_full_match(currency, '[A-Z]{3}') then currency end as currency,
        cast(null as decimal(18, 4)) as amount_paid,
        cast(null as date) as due_on,
        coalesce(deletion_mark, false) as is_void
    from documents
    left join currencies using (source_name, currency_id)
)

{{ usual_payments('source') }}

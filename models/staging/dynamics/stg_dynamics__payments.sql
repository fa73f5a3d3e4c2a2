{{ config(enabled=is_connected('dynamics'), materialized='ephemeral') }}
with

currencies as (
    select source_name, id as currency_id, code as currency from {{ source('dynamics', 'currencies') }}
),

source as (
    select
        invoices.*,
        'invoice' as kind,
        currency,
        case when state = 2 and reason is distinct from 100002 then amount end as amount_paid,
        cast(null as timestamp) as paid_at,
        state = 3 as is_void
    from {{ source('dynamics', 'invoices') }} as invoices
    left join currencies using (source_name, currency_id)
)

{{ usual_payments('source') }}

{{ config(materialized='ephemeral') }}
with

-- Pipelines of invoices have lists of stages of their own, whose ids do not repeat.
stages as (
    select source_name, status_id as stage_id, max(semantics) as outcome
    from {{ source('bitrix24', 'stages') }}
    where entity_id like 'SMART_INVOICE_STAGE%'
    group by all
),

source as (
    select
        invoices.*,
        'invoice' as kind,
        opportunity as amount,
        cast(null as decimal(18, 4)) as amount_paid,
        currency_id as currency,
        coalesce(begindate, created_time) as issued_at,
        closedate as due_on,
        case when outcome = 'S' then coalesce(moved_time, updated_time) end as paid_at,
        coalesce(outcome = 'F', false) as is_void
    from {{ source('bitrix24', 'invoices__history') }} as invoices
    left join stages using (source_name, stage_id)
)

{{ usual_payments('source') }}

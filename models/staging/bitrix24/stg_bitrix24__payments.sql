{{ config(materialized='ephemeral') }}
with

-- Pipelines of invoices have lists of stages of their own, whose ids do not repeat.
stages as (
    select source_name, status_id as stage_id, max(semantics) as outcome
    from {{ source('bitrix24', 'stages') }}
    where entity_id like 'SMART_INVOICE_STAGE%'
    group by all
),

invoices as (
    select
        source_name,
        id,
        deal_id,
        'invoice' as kind,
        opportunity as amount,
        cast(null as decimal(18, 4)) as amount_paid,
        currency_id as currency,
        coalesce(begindate, created_time) as issued_at,
        closedate as due_on,
        case when outcome = 'S' then coalesce(moved_time, updated_time) end as paid_at,
        coalesce(outcome = 'F', false) as is_void,
        _op,
        _load_id,
        _loaded_at
    from {{ source('bitrix24', 'invoices__history') }}
    left join stages using (source_name, stage_id)
),

-- An order of several deals is money of the first one.
orders as (
    select source_name, order_id, arg_min(deal_id, cast(deal_id as bigint)) as deal_id
    from {{ source('bitrix24', 'order_deals') }}
    where not _deleted
    group by all
),

-- A payment that was taken back is no longer paid.
order_payments as (
    select
        source_name,
        'order:' || id as id,
        orders.deal_id,
        'payment' as kind,
        sum as amount,
        cast(null as decimal(18, 4)) as amount_paid,
        currency,
        date_bill as issued_at,
        date_pay_before as due_on,
        date_paid as paid_at,
        not coalesce(paid, false) as is_void,
        _op,
        _load_id,
        _loaded_at
    from {{ source('bitrix24', 'order_payments__history') }}
    left join orders using (source_name, order_id)
),

source as (
    select * from invoices
    union all by name
    select * from order_payments
)

{{ usual_payments('source') }}

{{ config(enabled=is_connected('dynamics'), materialized='ephemeral') }}
with

currencies as (
    select source_name, id as currency_id, code as currency from {{ source('dynamics', 'currencies') }}
),

invoices as (
    select *, coalesce(state = 2 and reason is distinct from 100002, false) as is_paid
    from {{ source('dynamics', 'invoices__history') }}
),

source as (
    select
        invoices.*,
        'invoice' as kind,
        currency,
        case when is_paid then amount else 0 end as amount_paid,
        created_on as issued_at,
        -- No field says when; what changes a paid invoice later doesn't move it.
        case when is_paid then min(modified_on) filter (where is_paid) over (partition by source_name, id) end as paid_at,
        state = 3 as is_void
    from invoices
    left join currencies using (source_name, currency_id)
)

{{ usual_payments('source') }}

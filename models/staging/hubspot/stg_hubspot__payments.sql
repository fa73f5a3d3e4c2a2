{{ config(enabled=is_connected('hubspot'), materialized='ephemeral') }}
with

deals as (
    select source_name, invoice_id as id, ({{ json_list('deal_ids') }})[1] as deal_id
    from {{ source('hubspot', 'invoice_deals') }} where not _deleted
),

source as (
    select
        invoices.* replace (case when balance = 0 or status = 'paid' then paid_at end as paid_at),
        'invoice' as kind,
        case when status = 'paid' then amount else amount - balance end as amount_paid,
        status in ('draft', 'voided') as is_void,
        due_at as due_on,
        deal_id
    from {{ source('hubspot', 'invoices__history') }} as invoices
    inner join deals using (source_name, id)
)

{{ usual_payments('source') }}

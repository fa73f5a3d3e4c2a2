{{ config(materialized='ephemeral') }}
with

-- Money given back and invoices credited may be written as sums without a sign.
named as (
    select
        * exclude (kind),
        case
            when regexp_matches(lower(kind), 'credit') then 'credit'
            when regexp_matches(lower(kind), 'refund|return|chargeback') then 'refund'
            when lower({{ clean('kind') }}) = 'invoice' then 'invoice'
            else 'payment'
        end as word
    from {{ source('files', 'payments__history') }}
),

source as (
    select
        * replace (case when word in ('credit', 'refund') then -abs(amount) else amount end as amount),
        case when word in ('credit', 'invoice') then 'invoice' else 'payment' end as kind,
        trim(payment_id) as id,
        trim(deal) as deal_id,
        false as is_void
    from named
)

{{ usual_payments('source') }}

{{ config(materialized='ephemeral') }}
with

source as (
    select
        * replace (case when lower({{ clean('kind') }}) = 'invoice' then 'invoice' else 'payment' end as kind),
        trim(payment_id) as id,
        trim(deal) as deal_id,
        false as is_void
    from {{ source('files', 'payments') }}
)

{{ usual_payments('source') }}

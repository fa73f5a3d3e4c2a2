-- What was received and billed for a deal, in its currency: its payments where the source has them, else what its invoices say.
with

standing as (
    select *, true as is_billed, true as is_received from {{ ref('int_payments__dated') }} where known_to is null
),

{{ summed_payments('standing', 'deal_id') }}

select * from summed_payments

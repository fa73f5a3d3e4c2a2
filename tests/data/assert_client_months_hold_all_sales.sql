-- The money of the months is the money of the won deals of known clients, and every client is in every month since its first.
-- A row here means that a client or a sale fell out of segments and retention.
with months as (
    select sum(amount) as amount, count(distinct client_id) filter (where is_latest) as clients
    from {{ ref('fct_client_months') }}
),

deals as (
    select sum(amount_company) as amount, count(distinct client_id) filter (where coalesce(amount_company, 0) >= 0) as clients
    from {{ ref('fct_deals') }}
    where is_won and not is_excluded and won_at_local is not null and client_id in (
        select client_id from {{ ref('fct_deals') }}
        where is_won and not is_excluded and won_at_local is not null and coalesce(amount_company, 0) >= 0
    ) and client_id <> 'unknown'
)

select * from months cross join deals
where months.amount is distinct from deals.amount or months.clients is distinct from deals.clients

-- Clients count their records, records count their deals: nothing is lost or doubled by merging.
-- A row here means that a total by client does not match the total by deal.
with

clients as (
    select sum(records_count) as records from {{ ref('dim_client') }}
),

records as (
    select count(*) as records, sum(deal_count) as deals, sum(won_amount) as won_amount
    from {{ ref('dim_client_record') }}
),

deals as (
    select
        count(*) as deals,
        coalesce(sum(case when is_won then amount_company end), 0) as won_amount
    from {{ ref('fct_deals') }}
    where client_record_id <> 'unknown' and not is_excluded
)

select *
from clients cross join records cross join deals
where clients.records <> records.records
    or coalesce(records.deals, 0) <> deals.deals
    or coalesce(records.won_amount, 0) <> deals.won_amount

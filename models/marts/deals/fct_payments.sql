with

deals as (
    select fct_deals.*, described.timezone, described.amount_paid as received
    from {{ ref('fct_deals') }} as fct_deals
    inner join {{ ref('int_deals__described') }} as described using (deal_id)
),

standing as (
    select
        payments.*,
        deals.received,
        deals.status in ('lost', 'ignored') as is_dropped,
        bool_or(payments.kind = 'payment') over deal as has_payments,
        coalesce(
            round(deals.received, 2)
                = round(sum(payments.amount_paid * payments.rate) filter (where payments.kind = 'invoice') over deal, 2),
            true
        ) as is_told_by_invoices,
        coalesce(
            -sum(payments.amount * payments.rate) filter (where payments.kind = 'invoice' and payments.amount < 0) over deal,
            0
        ) as credited
    from {{ ref('int_payments__dated') }} as payments
    inner join deals using (deal_id)
    where payments.known_to is null
    window deal as (partition by deal_id)
),

-- Where invoices themselves don't say what was received of them, it goes to the one that is due first; so do credits.
asked as (
    select
        *,
        case when kind = 'invoice' and amount > 0 and not is_dropped
            then greatest(amount - case when is_told_by_invoices then amount_paid else 0 end, 0) * rate end as open_amount,
        credited + case when is_told_by_invoices then 0 else received end as money
    from standing
),

owed as (
    select
        *,
        greatest(
            least(
                open_amount,
                sum(open_amount) over (
                    partition by deal_id
                    order by due_on nulls last, issued_at, payment_id
                    rows between unbounded preceding and current row
                ) - money
            ),
            0
        ) as unpaid
    from asked
),

final as (
    select
        owed.payment_id,
        owed.deal_id,
        deals.origin,
        case
            when owed.kind = 'invoice' then case when owed.amount < 0 then 'credit' else 'invoice' end
            when owed.amount < 0 then 'refund'
            else 'payment'
        end as kind,
        deals.product_id,
        deals.source_id,
        deals.stage_id,
        deals.client_id,
        deals.owner_id,
        deals.department_id,
        deals.owner_now_id,
        deals.client_owner_id,
        deals.client_department_id,
        deals.branch,
        deals.status,
        deals.is_excluded,
        owed.currency,
        cast(owed.amount as decimal(18, 2)) as amount,
        cast(case when owed.kind = 'invoice' then owed.amount * owed.company_rate end as decimal(18, 2)) as billed_company,
        cast(
            case when owed.kind = 'payment' or not owed.has_payments then owed.amount_paid * owed.company_rate end
            as decimal(18, 2)
        ) as received_company,
        cast(case when owed.open_amount is not null then owed.unpaid / owed.rate * owed.company_rate end as decimal(18, 2))
            as unpaid_company,
        owed.issued_at,
        {{ local_time('owed.issued_at', 'deals.timezone') }} as issued_at_local,
        owed.due_on,
        owed.paid_at,
        {{ local_time('owed.paid_at', 'deals.timezone') }} as paid_at_local,
        owed._load_id
    from owed
    inner join deals using (deal_id)
)

select * from final

-- One row per deal and thing about it that cannot be right or is missing.
with

deals as (
    select * from {{ ref('int_deals__described') }}
),

settings as (
    select currency as company_currency, vat, sale_counts from {{ ref('stg_workspace__company_settings') }}
),

-- Cents of rounding, one to a line, are no difference.
line_sums as (
    select deal_id, sum(coalesce(amount, price * quantity)) as lines_amount, count(*) * 0.01 as tolerance
    from {{ ref('int_deal_lines__unioned') }}
    group by deal_id
),

checked as (
    select
        deals.*,
        unnest([
            case when deals.stage_id = 'unknown' then
                {'check_name': 'deal_without_stage', 'severity': 'warning', 'value': deals.stage_ref,
                 'message': 'The deal has no stage that is known'} end,
            case when deals.closed_at < deals.created_at then
                {'check_name': 'deal_closed_before_created', 'severity': 'warning', 'value': cast(deals.closed_at as varchar),
                 'message': 'The deal closed before it was created'} end,
            case when deals.status in ('won', 'lost') and deals.closed_at is null then
                {'check_name': 'deal_closed_without_date', 'severity': 'warning', 'value': deals.status,
                 'message': 'The deal is closed, but no date says when; it is in no month'} end,
            case when deals.created_at is null then
                {'check_name': 'deal_without_created_date', 'severity': 'info', 'value': cast(null as varchar),
                 'message': 'No date says when the deal was created; it is in no cohort'} end,
            case when deals.amount is not null and deals.amount_company is null
                    and not (settings.vat = 'without' and deals.amount_net is null) then
                {'check_name': 'deal_without_rate', 'severity': 'warning', 'value': deals.currency,
                 'message': 'No exchange rate on or before the day; the amount is in no total'} end,
            case when settings.vat = 'without' and deals.amount is not null and deals.amount_net is null then
                {'check_name': 'deal_without_net_amount', 'severity': 'warning', 'value': cast(null as varchar),
                 'message': 'The company counts without VAT and the deal has no net amount; it is in no total'} end,
            case when deals.amount < 0 and deals.status <> 'won' then
                {'check_name': 'deal_negative_amount', 'severity': 'warning', 'value': cast(deals.amount as varchar),
                 'message': 'The deal has a negative amount and is not won'} end,
            case when deals.has_unpriced_payment then
                {'check_name': 'deal_payment_without_rate', 'severity': 'warning', 'value': deals.currency,
                 'message': 'Money came in a currency that has no rate to that of the deal; what was received is in no total'} end,
            case when abs(line_sums.lines_amount - deals.amount) > line_sums.tolerance then
                {'check_name': 'deal_lines_differ', 'severity': 'info',
                 'value': cast(cast(line_sums.lines_amount as decimal(18, 2)) as varchar),
                 'message': 'The lines of the deal add up to another amount than the deal has'} end
        ]) as finding
    from deals
    cross join settings
    left join line_sums using (deal_id)
),

found as (
    select
        finding.check_name,
        finding.severity,
        'deal' as entity,
        checked.deal_id as record_key,
        coalesce(checked.title, checked.source_deal_id) as record_label,
        finding.value,
        finding.message,
        checked.origin,
        1 as found_rows,
        checked.owner_id,
        checked.department_id
    from checked
    where finding is not null
    union all by name
    select
        'sale_rule_unsupported' as check_name,
        'warning' as severity,
        'company' as entity,
        'sale_counts' as record_key,
        'sale_counts' as record_label,
        sale_counts as value,
        case sale_counts when 'paid' then 'No source tells when deals are paid; no deal counts as a sale'
            else 'No source has invoices of deals; no deal counts as a sale' end as message,
        'workspace' as origin,
        1 as found_rows
    from settings
    where sale_counts in ('paid', 'invoiced')
        and exists (from deals)
        and not exists (from deals where case sale_counts when 'paid' then is_paid else is_invoiced end)
)

select * from found

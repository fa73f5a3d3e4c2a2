{#
    What became of a deal, by what the company counts as a sale: a won deal of a company that counts paid (invoiced,
    completed) sales is open until it is paid (has an invoice, is completed). `deal` has meaning, is_paid, is_invoiced,
    completed_at.
#}
{% macro status_of(deal, settings) -%}
    case
        when {{ deal }}.meaning = 'ignore' then 'ignored'
        when {{ deal }}.meaning = 'lost' then 'lost'
        when {{ deal }}.meaning = 'won' and case {{ settings }}.sale_counts
            when 'paid' then {{ deal }}.is_paid
            when 'invoiced' then {{ deal }}.is_invoiced
            when 'completed' then {{ deal }}.completed_at is not null
            else true
        end then 'won'
        else 'open'
    end
{%- endmacro %}

{#
    When it came to that: a sale by what the company counts, a loss when the deal ended. `deal` has status, finished_at and
    the moments of the sale.
#}
{% macro closed_at_of(deal, settings) -%}
    case
        when {{ deal }}.status = 'lost' then {{ deal }}.finished_at
        when {{ deal }}.status = 'won' then case {{ settings }}.sale_counts
            when 'paid' then {{ deal }}.paid_at
            when 'invoiced' then {{ deal }}.invoiced_at
            when 'completed' then {{ deal }}.completed_at
            else {{ deal }}.finished_at
        end
    end
{%- endmacro %}

{#
    Paid, invoiced and when, of a deal (its own paid_at, amount) and what payments say of it (`summed_payments`). The deal's
    own date goes first. Else it was paid by what completed its amount, or what was billed where it has none, to the cent; a
    later refund leaves the sale where it was.
#}
{% macro payment_marks(deal, amount, payments) -%}
    {%- set due -%} round(coalesce(nullif({{ amount }}, 0), {{ payments }}.amount_billed, 0), 2) {%- endset -%}
    {%- set completing -%}
        list_filter(
            {{ payments }}.receipts,
            lambda each: case when {{ due }} < 0 then round(each.total, 2) <= {{ due }}
                else each.total > 0 and round(each.total, 2) >= {{ due }} end
        )[1]
    {%- endset -%}
    {{ deal }}.paid_at is not null or {{ completing }} is not null as is_paid,
    coalesce({{ deal }}.paid_at, {{ completing }}.received_at) as paid_at,
    coalesce({{ payments }}.is_invoiced, false) as is_invoiced,
    {{ payments }}.invoiced_at
{%- endmacro %}

{#
    Common table expressions that end in `summed_payments`: one row per `key` of a relation of invoices and payments
    (int_payments__dated with is_billed and is_received: whether each side of it counts): what was billed and received in the
    currency of the deal; each moment at which money came, with all that had come by then; nothing where a rate is missing.
#}
{% macro summed_payments(relation, key) -%}
marked_payments as (
    select
        *,
        bool_or(kind = 'payment' and is_received) over (partition by {{ key }}) as has_payments
    from {{ relation }}
),

received_payments as (
    select {{ key }}, paid_at as received_at, sum(amount_paid * rate) as amount
    from marked_payments
    where is_received and amount_paid <> 0 and (kind = 'payment' or not has_payments)
    group by all
),

receipts as (
    select
        {{ key }},
        list({'received_at': received_at, 'total': total} order by received_at nulls first) as receipts
    from (
        select *, sum(amount) over (partition by {{ key }} order by received_at nulls first) as total
        from received_payments
    ) as running
    group by {{ key }}
),

payment_totals as (
    select
        {{ key }},
        bool_or(rate is null) as is_unpriced,
        cast(sum(amount * rate) filter (where kind = 'invoice' and is_billed) as decimal(18, 4)) as amount_billed,
        cast(
            sum(amount_paid * rate) filter (where is_received and (kind = 'payment' or not has_payments)) as decimal(18, 4)
        ) as amount_paid,
        count(*) filter (where kind = 'invoice' and is_billed and coalesce(amount, 0) >= 0) > 0 as is_invoiced,
        min(coalesce(issued_at, paid_at)) filter (where kind = 'invoice' and is_billed and coalesce(amount, 0) >= 0)
            as invoiced_at
    from marked_payments
    group by {{ key }}
),

summed_payments as (
    select
        payment_totals.* replace (
            case when not is_unpriced then amount_billed end as amount_billed,
            case when not is_unpriced then amount_paid end as amount_paid
        ),
        case when not is_unpriced then receipts end as receipts
    from payment_totals
    left join receipts using ({{ key }})
)
{%- endmacro %}

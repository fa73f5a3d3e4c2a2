{{ config(enabled=is_connected('amocrm'), materialized='ephemeral') }}
with

elements as (
    select source_name, cast(id as varchar) as deal_id, unnest({{ json_list('elements') }}) as element
    from {{ source('amocrm', 'deals') }} where not _deleted
),

-- An invoice that several deals name is of one of them.
linked as (
    select source_name, cast(element as json) ->> '$.id' as invoice_id, min(deal_id) as deal_id
    from elements
    group by all
),

currencies as (
    select source_name, currency from {{ source('amocrm', 'account') }} where not _deleted
),

source as (
    select
        invoices.source_name,
        invoices.id,
        linked.deal_id,
        'invoice' as kind,
        currency,
        invoices.bill_price as amount,
        cast(null as decimal(18, 4)) as amount_paid,
        case when invoices.bill_status in ('paid', 'paid_in_advance') then coalesce(invoices.bill_paid_at, invoices.updated_at) end
            as paid_at,
        invoices.created_at as issued_at,
        cast(null as date) as due_on,
        invoices.is_deleted as is_void,
        invoices._op,
        invoices._load_id,
        invoices._loaded_at
    from linked
    inner join {{ source('amocrm', 'catalog_elements__history') }} as invoices
        on invoices.source_name = linked.source_name and invoices.id = linked.invoice_id
    inner join {{ source('amocrm', 'catalogs') }} as catalogs
        on catalogs.source_name = invoices.source_name and catalogs.id = invoices.catalog_id
    left join currencies on currencies.source_name = linked.source_name
    where catalogs.type = 'invoices'
)

{{ usual_payments('source') }}

{{ config(enabled=is_connected('amocrm'), materialized='ephemeral') }}
with

linked as (
    select source_name, _deleted, _load_id, _loaded_at, cast(id as varchar) as deal_id,
        unnest({{ json_list('elements') }}) as link
    from {{ source('amocrm', 'deals') }}
),

currencies as (
    select source_name, currency from {{ source('amocrm', 'account') }} where not _deleted
),

source as (
    select
        linked.* exclude (link),
        invoices.id,
        'invoice' as kind,
        currency,
        invoices.bill_price as amount,
        cast(null as decimal(18, 4)) as amount_paid,
        case when invoices.bill_status in ('paid', 'paid_in_advance') then coalesce(invoices.bill_paid_at, invoices.updated_at) end
            as paid_at,
        coalesce(invoices.is_deleted, false) or invoices._deleted as is_void
    from linked
    inner join {{ source('amocrm', 'catalog_elements') }} as invoices
        on invoices.source_name = linked.source_name and invoices.id = (cast(link as json) ->> '$.id')
    inner join {{ source('amocrm', 'catalogs') }} as catalogs
        on catalogs.source_name = invoices.source_name and catalogs.id = invoices.catalog_id
    left join currencies on currencies.source_name = linked.source_name
    where catalogs.type = 'invoices'
)

{{ usual_payments('source') }}

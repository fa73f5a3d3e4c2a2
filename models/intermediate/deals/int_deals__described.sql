-- One row per deal with everything that its facts share: owners, client, product, lead source, zone, exclusion.
with

deals as (
    select * from {{ ref('int_deals__closed') }} where {{ in_share('deal_id') }}
),

owners as (
    select * from {{ ref('int_deals__owned') }} where {{ in_share('deal_id') }}
),

amounts as (
    select * from {{ ref('int_deal_amounts__converted') }} where {{ in_share('deal_id') }}
),

payments as (
    select * from {{ ref('int_deal_payments__summed') }} where {{ in_share('deal_id') }}
),

clients as (
    select * from {{ ref('int_deal_clients__resolved') }} where {{ in_share('deal_id') }}
),

settings as (
    select timezone from {{ ref('stg_workspace__company_settings') }}
),

described as (
    select
        deals.* exclude (branch, currency, amount_paid),
        coalesce(deals.amount_paid, payments.amount_paid) as amount_paid,
        deals.amount_paid is null and coalesce(payments.is_unpriced, false) as has_unpriced_payment,
        coalesce(deals.created_at, deals.closed_at) as began_at,
        owners.owner_id,
        owners.owner_now_id,
        owners.department_id,
        owners.department_now_id,
        owners.has_reliable_owner,
        leads.lead_id,
        clients.client_record_id,
        coalesce(client_owners.client_id, 'unknown') as client_id,
        coalesce(client_owners.client_owner_id, 'unknown') as client_owner_id,
        coalesce(client_owners.client_department_id, 'unknown') as client_department_id,
        coalesce(products.product_id, 'unknown') as product_id,
        coalesce(lead_sources.source_id, 'unknown') as source_id,
        coalesce(deals.branch, people.branch) as branch,
        coalesce(branches.timezone, settings.timezone) as timezone,
        amounts.currency,
        amounts.rate,
        amounts.amount_company
    from deals
    cross join settings
    left join owners on owners.deal_id = deals.deal_id
    left join amounts on amounts.deal_id = deals.deal_id
    left join payments on payments.deal_id = deals.deal_id
    left join {{ ref('int_lead_deals__linked') }} as leads on leads.deal_id = deals.deal_id
    left join clients on clients.deal_id = deals.deal_id
    left join {{ ref('int_client_owners__placed') }} as client_owners
        on client_owners.client_record_id = clients.client_record_id
    left join {{ ref('int_product_references__resolved') }} as products
        on products.origin = deals.origin and products.product_ref = deals.product_ref
    left join {{ ref('int_lead_source_references__resolved') }} as lead_sources
        on lead_sources.origin = deals.origin and lead_sources.lead_source_ref = deals.lead_source_ref
    left join {{ ref('int_managers__described') }} as people on people.manager_id = owners.owner_id
    left join {{ ref('int_branches__zoned') }} as branches on branches.branch = coalesce(deals.branch, people.branch)
)

select * from described

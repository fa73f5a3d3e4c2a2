{{ config(enabled=is_connected('hubspot')) }}
with

source as (
    select * from {{ source('hubspot', 'deals') }} where not _deleted
),

account as (
    select source_name, id as portal_id, ui_domain from {{ source('hubspot', 'account') }} where not _deleted
),

contacts as (
    select source_name, deal_id as id, ({{ json_list('contact_ids') }})[1] as contact_id
    from {{ source('hubspot', 'deal_contacts') }} where not _deleted
),

companies as (
    select source_name, deal_id as id, ({{ json_list('company_ids') }})[1] as company_id
    from {{ source('hubspot', 'deal_companies') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        id as source_deal_id,
        {{ hubspot_address('0-3', 'id') }} as source_url,
        {{ clean('name') }} as title,
        {{ clean('pipeline_id') }} as pipeline_ref,
        {{ clean('stage_id') }} as stage_ref,
        case when is_won then 'won' when is_closed then 'lost' else 'open' end as status_word,
        {{ crm_id('owner_id') }} as owner_ref,
        {{ crm_id('companies.company_id') }} as company_ref,
        {{ crm_id('contacts.contact_id') }} as contact_ref,
        {{ clean('source') }} as lead_source_ref,
        upper({{ clean('currency') }}) as currency,
        {{ clean('lost_reason') }} as lost_reason,
        amount,
        created_at,
        case when is_closed then closedate end as closed_at,
        case when not coalesce(is_closed, false) then cast(closedate as date) end as expected_close_on,
        updated_at,
        source._load_id,
        source._loaded_at
    from source
    left join contacts using (source_name, id)
    left join companies using (source_name, id)
    left join account using (source_name)
)

select * from renamed

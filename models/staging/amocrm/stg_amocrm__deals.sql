{{ config(enabled=is_connected('amocrm')) }}
with

source as (
    select * from {{ source('amocrm', 'deals') }} where not _deleted
),

currencies as (
    select source_name, currency from {{ source('amocrm', 'account') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source.source_name', "cast(id as varchar)") }} as deal_id,
        source.source_name as origin,
        cast(id as varchar) as source_deal_id,
        {{ clean('name') }} as title,
        {{ clean('pipeline_id') }} as pipeline_ref,
        {{ clean('status_id') }} as stage_ref,
        case status_id when '142' then 'won' when '143' then 'lost' else 'open' end as status_word,
        {{ crm_id('responsible_user_id') }} as owner_ref,
        {{ crm_id('company_id') }} as company_ref,
        {{ crm_id('contact_id') }} as contact_ref,
        coalesce({{ clean('utm_source') }}, {{ crm_id('source_id') }}) as lead_source_ref,
        upper({{ clean('currencies.currency') }}) as currency,
        {{ clean('loss_reason') }} as lost_reason,
        price as amount,
        created_at,
        closed_at,
        updated_at,
        source._load_id,
        source._loaded_at
    from source
    left join currencies using (source_name)
)

select * from renamed

{{ config(enabled=is_connected('onec')) }}
with

source as (
    select * from {{ source('onec', 'deals') }} where not _deleted and not coalesce(deletion_mark, false)
),

currencies as (
    select source_name, id as currency_id, upper({{ clean('name') }}) as currency from {{ source('onec', 'currencies') }}
),

lead_sources as (
    select source_name, id as lead_source_id, {{ clean('name') }} as lead_source from {{ source('onec', 'lead_sources') }}
),

reasons as (
    select source_name, id as loss_reason_id, {{ clean('name') }} as lost_reason from {{ source('onec', 'loss_reasons') }}
),

renamed as (
    select
        {{ source_key('source_name', 'source.id') }} as deal_id,
        source_name as origin,
        source.id as source_deal_id,
        {{ onec_link_id('source.id') }} as link_id,
        coalesce({{ clean('title') }}, {{ clean('number') }}) as title,
        coalesce(pipeline_id, '0') as pipeline_ref,
        {{ clean('stage_id') }} as stage_ref,
        {{ clean('status') }} as status_word,
        owner_id as owner_ref,
        company_id as company_ref,
        contact_id as contact_ref,
        cast(null as varchar) as product_ref,
        coalesce({{ clean('utm_source') }}, lead_source) as lead_source_ref,
        case when regexp_full_match(currency, '[A-Z]{3}') then currency end as currency,
        lost_reason,
        amount,
        date as created_at,
        closed_at,
        expected_close_on,
        cast(null as timestamp) as updated_at,
        _load_id,
        _loaded_at
    from source
    left join currencies using (source_name, currency_id)
    left join lead_sources using (source_name, lead_source_id)
    left join reasons using (source_name, loss_reason_id)
)

select * from renamed

{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select * from {{ source('salesforce', 'deals') }} where not _deleted
),

leads as (
    select source_name, deal_id as id, min(source) as lead_source
    from {{ source('salesforce', 'leads') }}
    where not _deleted and deal_id is not null
    group by all
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        id as source_deal_id,
        {{ clean('name') }} as title,
        'default' as pipeline_ref,
        {{ clean('stage') }} as stage_ref,
        case when is_won then 'won' when is_closed then 'lost' else 'open' end as status_word,
        {{ crm_id('owner_id') }} as owner_ref,
        {{ crm_id('company_id') }} as company_ref,
        {{ crm_id('contact_id') }} as contact_ref,
        coalesce({{ clean('source.source') }}, {{ clean('lead_source') }}) as lead_source_ref,
        upper({{ clean('currency') }}) as currency,
        case when is_closed and not is_won then {{ clean('lost_reason') }} end as lost_reason,
        amount,
        created_at,
        case when is_closed then coalesce(stage_changed_at, cast(close_on as timestamp)) end as closed_at,
        case when not coalesce(is_closed, false) then close_on end as expected_close_on,
        updated_at,
        _load_id,
        _loaded_at
    from source
    left join leads using (source_name, id)
)

select * from renamed

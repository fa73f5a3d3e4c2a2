with

source as (
    select * from {{ source('bitrix24', 'deals') }} where not _deleted
),

leads as (
    select source_name, id as lead_id, source_id as lead_source_id
    from {{ source('bitrix24', 'leads') }}
    where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as deal_id,
        source_name as origin,
        cast(id as varchar) as source_deal_id,
        {{ clean('title') }} as title,
        coalesce({{ clean('category_id') }}, '0') as pipeline_ref,
        {{ clean('stage_id') }} as stage_ref,
        case stage_semantic_id when 'S' then 'won' when 'F' then 'lost' when 'P' then 'open' end as status_word,
        {{ crm_id('assigned_by_id') }} as owner_ref,
        {{ crm_id('company_id') }} as company_ref,
        {{ crm_id('contact_id') }} as contact_ref,
        {{ clean("cast(uf as json) ->> '$.ufProduct'") }} as product_ref,
        coalesce({{ clean('source_id') }}, {{ clean('lead_source_id') }}) as lead_source_ref,
        {{ clean("cast(uf as json) ->> '$.ufBranch'") }} as branch,
        upper({{ clean('currency_id') }}) as currency,
        {{ clean("cast(uf as json) ->> '$.ufLostReason'") }} as lost_reason,
        {{ clean('comments') }} as note,
        opportunity as amount,
        try_cast(cast(uf as json) ->> '$.ufAmountNet' as decimal(18, 4)) as amount_net,
        try_cast(cast(uf as json) ->> '$.ufAmountPaid' as decimal(18, 4)) as amount_paid,
        try_cast(cast(uf as json) ->> '$.ufCost' as decimal(18, 4)) as cost,
        created_time as created_at,
        case when closed then closedate end as planned_or_closed_at,
        moved_time as moved_at,
        {{ utc_from_text("cast(uf as json) ->> '$.ufPaidAt'") }} as paid_at,
        {{ utc_from_text("cast(uf as json) ->> '$.ufCompletedAt'") }} as completed_at,
        case when not closed then cast(closedate as date) end as expected_close_on,
        updated_time as updated_at,
        _load_id,
        _loaded_at
    from source
    left join leads using (source_name, lead_id)
)

select * from renamed

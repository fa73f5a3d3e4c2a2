with

source as (
    select * from {{ source('bitrix24', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as deal_id,
        source_name as origin,
        coalesce({{ clean('category_id') }}, '0') as pipeline_ref,
        {{ clean('stage_id') }} as stage_ref,
        case stage_semantic_id when 'S' then 'won' when 'F' then 'lost' when 'P' then 'open' end as status_word,
        {{ crm_id('assigned_by_id') }} as owner_ref,
        upper({{ clean('currency_id') }}) as currency,
        opportunity as amount,
        try_cast(cast(uf as json) ->> '$.ufAmountNet' as decimal(18, 4)) as amount_net,
        created_time as created_at,
        case when closed then closedate end as planned_or_closed_at,
        case when not closed then cast(closedate as date) end as expected_close_on,
        moved_time as moved_at,
        {{ utc_from_text("cast(uf as json) ->> '$.ufPaidAt'") }} as paid_at,
        {{ utc_from_text("cast(uf as json) ->> '$.ufCompletedAt'") }} as completed_at,
        updated_time as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('creatio')) }}
with

source as (
    select * from {{ source('creatio', 'deals') }} where not _deleted
),

stages as (
    select source_name, id as stage_id, is_end, is_successful from {{ source('creatio', 'stages') }}
),

entries as (
    select source_name, deal_id as id, stage_id, max(start_date) as entered_at
    from {{ source('creatio', 'stage_history') }}
    where not _deleted
    group by all
),

lead_sources as (
    select source_name, id as source_id, {{ clean('name') }} as lead_source from {{ source('creatio', 'lead_sources') }}
),

reasons as (
    select source_name, id as close_reason_id, {{ clean('name') }} as lost_reason from {{ source('creatio', 'close_reasons') }}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        id as source_deal_id,
        {{ clean('title') }} as title,
        '0' as pipeline_ref,
        stage_id as stage_ref,
        case when is_successful then 'won' when is_end then 'lost' else 'open' end as status_word,
        owner_id as owner_ref,
        company_id as company_ref,
        contact_id as contact_ref,
        cast(null as varchar) as product_ref,
        lead_source as lead_source_ref,
        cast(null as varchar) as currency,
        lost_reason,
        amount,
        source.created_on as created_at,
        case when is_end then coalesce(entered_at, due_date) end as closed_at,
        case when not coalesce(is_end, false) then cast(due_date as date) end as expected_close_on,
        modified_on as updated_at,
        source._load_id,
        source._loaded_at
    from source
    left join stages using (source_name, stage_id)
    left join entries using (source_name, id, stage_id)
    left join lead_sources using (source_name, source_id)
    left join reasons using (source_name, close_reason_id)
)

select * from renamed

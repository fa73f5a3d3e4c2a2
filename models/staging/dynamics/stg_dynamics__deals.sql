{{ config(enabled=is_connected('dynamics')) }}
with

source as (
    select * from {{ source('dynamics', 'deals') }} where not _deleted
),

processes as (
    select source_name, deal_id as id, pipeline_id, stage_id
    from {{ source('dynamics', 'sales_processes') }}
    where not _deleted
    qualify row_number() over (partition by source_name, deal_id order by modified_on desc, id) = 1
),

currencies as (
    select source_name, id as currency_id, code from {{ source('dynamics', 'currencies') }}
),

leads as (
    select source_name, id as lead_id, source from {{ source('dynamics', 'leads') }}
),

renamed as (
    select
        {{ source_key('source_name', 'source.id') }} as deal_id,
        source_name as origin,
        source.id as source_deal_id,
        {{ clean('source.name') }} as title,
        coalesce(processes.pipeline_id, 'none') as pipeline_ref,
        case state when 1 then 'won' when 2 then 'lost' else coalesce(processes.stage_id, {{ clean('step_name') }}) end as stage_ref,
        case state when 1 then 'won' when 2 then 'lost' else 'open' end as status_word,
        source.owner_id as owner_ref,
        coalesce(account_id, case when customer_kind = 'account' then customer_id end) as company_ref,
        coalesce(contact_id, case when customer_kind = 'contact' then customer_id end) as contact_ref,
        cast(null as varchar) as product_ref,
        coalesce({{ clean('source.source') }}, {{ clean('leads.source') }}, {{ clean('campaign') }}) as lead_source_ref,
        upper({{ clean('currencies.code') }}) as currency,
        case when state = 2 then {{ clean('source.status') }} end as lost_reason,
        case when state = 1 then coalesce(actual_value, estimated_value) else estimated_value end as amount,
        source.created_on as created_at,
        {{ moment_of_day('closed_on', 'source.modified_on') }} as closed_at,
        expected_close_on,
        source.modified_on as updated_at,
        source._load_id,
        source._loaded_at
    from source
    left join processes using (source_name, id)
    left join currencies using (source_name, currency_id)
    left join leads using (source_name, lead_id)
)

select * from renamed

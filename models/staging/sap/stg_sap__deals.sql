{{ config(enabled=is_connected('sap')) }}
with

source as (
    select * from {{ source('sap', 'deals') }} where not _deleted
),

individuals as (
    select distinct source_name as origin, number from {{ source('sap', 'individuals') }} where number is not null
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        id as source_deal_id,
        source.number as link_id,
        {{ clean('source.name') }} as title,
        coalesce({{ clean('pipeline_id') }}, '0') as pipeline_ref,
        case status when '4' then 'won' when '5' then 'lost' when '3' then 'stopped' else {{ clean('stage_id') }} end as stage_ref,
        case when status = '4' then 'won' when status in ('3', '5') then 'lost' else 'open' end as status_word,
        owner_id as owner_ref,
        case when individuals.number is null then {{ clean('prospect_id') }} end as company_ref,
        coalesce({{ clean('contact_id') }}, individuals.number) as contact_ref,
        cast(null as varchar) as product_ref,
        {{ clean('source.source') }} as lead_source_ref,
        upper({{ clean('currency') }}) as currency,
        case when status in ('3', '5') then {{ clean('loss_reason') }} end as lost_reason,
        amount,
        created_on as created_at,
        case when status in ('3', '4', '5') then {{ moment_of_day('status_since', 'changed_on') }} end as closed_at,
        cast(expected_close_on as date) as expected_close_on,
        changed_on as updated_at,
        source._load_id,
        source._loaded_at
    from source
    left join individuals
        on individuals.origin = source_name and individuals.number = prospect_id
)

select * from renamed

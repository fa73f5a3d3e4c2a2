with

source as (
    select * from {{ source('bitrix24', 'calls') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as call_id,
        source_name as origin,
        {{ crm_id('portal_user_id') }} as agent_ref,
        {{ clean('phone_number') }} as phone_raw,
        {{ clean('portal_number') }} as portal_number,
        case cast(call_type as varchar) when '1' then 'out' when '2' then 'in' when '3' then 'in' when '4' then 'out' end as direction,
        case when upper(crm_entity_type) = 'DEAL' then {{ crm_id('crm_entity_id') }} end as deal_ref,
        case when upper(crm_entity_type) = 'CONTACT' then {{ crm_id('crm_entity_id') }} end as contact_ref,
        case when upper(crm_entity_type) = 'COMPANY' then {{ crm_id('crm_entity_id') }} end as company_ref,
        case when upper(crm_entity_type) = 'LEAD' then {{ crm_id('crm_entity_id') }} end as lead_ref,
        {{ crm_id('crm_activity_id') }} as activity_ref,
        cast(call_duration as decimal(18, 4)) as talk_seconds,
        cast(call_failed_code as varchar) = '200' as is_answered,
        call_start_date as started_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

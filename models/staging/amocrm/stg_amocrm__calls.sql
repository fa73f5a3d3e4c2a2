{{ config(enabled=is_connected('amocrm')) }}
with

source as (
    select *, 'contact' as of from {{ source('amocrm', 'contact_calls') }} where not _deleted
    union all by name
    select *, 'company' as of from {{ source('amocrm', 'company_calls') }} where not _deleted
    union all by name
    select *, 'deal' as of from {{ source('amocrm', 'deal_calls') }} where not _deleted
),

-- Status 4 is a conversation; 6 not reached, 7 busy. A call that says nothing was one when somebody talked.
renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as call_id,
        source_name as origin,
        {{ crm_id('coalesce(call_responsible, responsible_user_id)') }} as agent_ref,
        {{ clean('phone') }} as phone_raw,
        case note_type when 'call_in' then 'in' when 'call_out' then 'out' end as direction,
        case when of = 'deal' then {{ crm_id('entity_id') }} end as deal_ref,
        case when of = 'contact' then {{ crm_id('entity_id') }} end as contact_ref,
        case when of = 'company' then {{ crm_id('entity_id') }} end as company_ref,
        cast(duration as decimal(18, 4)) as talk_seconds,
        coalesce(call_status = '4', duration > 0, false) as is_answered,
        created_at as started_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

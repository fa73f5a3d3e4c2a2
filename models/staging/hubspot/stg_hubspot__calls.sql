{{ config(enabled=is_connected('hubspot')) }}
with

source as (
    select * from {{ source('hubspot', 'calls') }} where not _deleted
),

contacts as (
    select source_name, call_id as id, ({{ json_list('contact_ids') }})[1] as contact_id
    from {{ source('hubspot', 'call_contacts') }} where not _deleted
),

deals as (
    select source_name, call_id as id, ({{ json_list('deal_ids') }})[1] as deal_id
    from {{ source('hubspot', 'call_deals') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as call_id,
        source_name as origin,
        {{ crm_id('owner_id') }} as agent_ref,
        case direction when 'INBOUND' then {{ clean('from_number') }} else {{ clean('to_number') }} end as phone_raw,
        case direction when 'INBOUND' then 'in' when 'OUTBOUND' then 'out' end as direction,
        {{ crm_id('deals.deal_id') }} as deal_ref,
        {{ crm_id('contacts.contact_id') }} as contact_ref,
        cast(duration_ms / 1000 as decimal(18, 4)) as talk_seconds,
        coalesce(status = 'COMPLETED', duration_ms > 0, false) as is_answered,
        started_at,
        source._load_id,
        source._loaded_at
    from source
    left join contacts using (source_name, id)
    left join deals using (source_name, id)
)

select * from renamed

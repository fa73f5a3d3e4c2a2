{{ config(enabled=is_connected('dynamics')) }}
with

source as (
    select * from {{ source('dynamics', 'calls') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as call_id,
        source_name as origin,
        owner_id as agent_ref,
        {{ clean('phone') }} as phone_raw,
        case when is_outgoing then 'out' else 'in' end as direction,
        case when regarding_kind = 'opportunity' then regarding_id end as deal_ref,
        case when regarding_kind = 'contact' then regarding_id end as contact_ref,
        case when regarding_kind = 'account' then regarding_id end as company_ref,
        case when regarding_kind = 'lead' then regarding_id end as lead_ref,
        {{ clean('subject') }} as topic,
        cast(minutes * 60 as decimal(18, 4)) as talk_seconds,
        coalesce(state = 1 and minutes > 0, false) as is_answered,
        coalesce(started_at, created_on) as started_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

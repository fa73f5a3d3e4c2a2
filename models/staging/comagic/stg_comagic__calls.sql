{{ config(enabled=is_connected('comagic')) }}
with

source as (
    select * from {{ source('comagic', 'calls') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as call_id,
        source_name as origin,
        {{ crm_id('coalesce(employee_id, last_answered_employee_id, any_employee_id)') }} as agent_ref,
        {{ clean('phone') }} as phone_raw,
        case when direction in ('in', 'out') then direction end as direction,
        {{ clean('campaign_name') }} as topic,
        cast(wait_duration as decimal(18, 4)) as wait_seconds,
        cast(talk_duration as decimal(18, 4)) as talk_seconds,
        coalesce(not is_lost, talk_duration > 0, false) as is_answered,
        start_time as started_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

with

source as (
    select * from {{ source('files', 'calls') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(call_id)") }} as call_id,
        source_name as origin,
        {{ clean('agent') }} as agent_ref,
        {{ clean('extension') }} as extension,
        {{ clean('phone') }} as phone_raw,
        case when lower(direction) in ('in', 'out') then lower(direction) end as direction,
        {{ clean('deal') }} as deal_ref,
        {{ clean('contact') }} as contact_ref,
        {{ clean('company') }} as company_ref,
        {{ clean('topic') }} as topic,
        wait_seconds,
        talk_seconds,
        coalesce(is_answered, talk_seconds > 0, false) as is_answered,
        started_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

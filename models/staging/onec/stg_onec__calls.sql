{{ config(enabled=is_connected('onec')) }}
with

source as (
    select * from {{ source('onec', 'interactions') }} where not _deleted and not coalesce(deletion_mark, false) and kind ilike '%звон%'
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as call_id,
        source_name as origin,
        owner_id as agent_ref,
        {{ clean('phone') }} as phone_raw,
        case when is_incoming then 'in' else 'out' end as direction,
        deal_id as deal_ref,
        contact_id as contact_ref,
        company_id as company_ref,
        {{ clean('subject') }} as topic,
        cast(talk_seconds as decimal(18, 4)) as talk_seconds,
        coalesce(is_answered, talk_seconds > 0, false) as is_answered,
        date as started_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('creatio')) }}
with

source as (
    select * from {{ source('creatio', 'calls') }} where not _deleted
),

directions as (
    select source_name, id as direction_id, coalesce(code, name) ilike 'in%' or name ilike 'вход%' as is_incoming
    from {{ source('creatio', 'call_directions') }}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as call_id,
        source_name as origin,
        owner_id as agent_ref,
        case when directions.is_incoming then {{ clean('phone') }} else {{ clean('phone_number') }} end as phone_raw,
        case when directions.is_incoming then 'in' else 'out' end as direction,
        deal_id as deal_ref,
        contact_id as contact_ref,
        company_id as company_ref,
        {{ clean('comment') }} as topic,
        cast(talk_seconds as decimal(18, 4)) as talk_seconds,
        coalesce(talk_seconds > 0, false) as is_answered,
        coalesce(start_date, created_on) as started_at,
        source._load_id,
        source._loaded_at
    from source
    left join directions using (source_name, direction_id)
)

select * from renamed

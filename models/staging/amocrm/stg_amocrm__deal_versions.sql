{{ config(enabled=is_connected('amocrm')) }}
with

source as (
    select * from {{ source('amocrm', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as deal_id,
        source_name as origin,
        {{ clean('pipeline_id') }} as pipeline_ref,
        {{ clean('status_id') }} as stage_ref,
        case status_id when '142' then 'won' when '143' then 'lost' else 'open' end as status_word,
        {{ crm_id('responsible_user_id') }} as owner_ref,
        price as amount,
        created_at,
        closed_at,
        updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('creatio')) }}
with

source as (
    select * from {{ source('creatio', 'deals__history') }}
),

stages as (
    select source_name, id as stage_id, is_end, is_successful from {{ source('creatio', 'stages') }}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        '0' as pipeline_ref,
        stage_id as stage_ref,
        case when is_successful then 'won' when is_end then 'lost' else 'open' end as status_word,
        owner_id as owner_ref,
        amount,
        created_on as created_at,
        case when is_end then due_date end as planned_or_closed_at,
        case when not coalesce(is_end, false) then cast(due_date as date) end as expected_close_on,
        modified_on as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
    left join stages using (source_name, stage_id)
)

select * from renamed

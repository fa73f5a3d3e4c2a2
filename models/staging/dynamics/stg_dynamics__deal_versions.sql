{{ config(enabled=is_connected('dynamics')) }}
with

source as (
    select * from {{ source('dynamics', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        case state when 1 then 'won' when 2 then 'lost' else {{ clean('step_name') }} end as stage_ref,
        case state when 1 then 'won' when 2 then 'lost' else 'open' end as status_word,
        owner_id as owner_ref,
        case when state = 1 then coalesce(actual_value, estimated_value) else estimated_value end as amount,
        created_on as created_at,
        {{ moment_of_day('closed_on', 'modified_on') }} as closed_at,
        expected_close_on,
        modified_on as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

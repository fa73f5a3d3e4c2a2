{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select * from {{ source('salesforce', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        'default' as pipeline_ref,
        {{ clean('stage') }} as stage_ref,
        case when is_won then 'won' when is_closed then 'lost' else 'open' end as status_word,
        {{ crm_id('owner_id') }} as owner_ref,
        amount,
        created_at,
        case when is_closed then coalesce(stage_changed_at, cast(close_on as timestamp)) end as closed_at,
        case when not coalesce(is_closed, false) then close_on end as expected_close_on,
        updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('hubspot')) }}
with

source as (
    select * from {{ source('hubspot', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as deal_id,
        source_name as origin,
        {{ clean('pipeline_id') }} as pipeline_ref,
        {{ clean('stage_id') }} as stage_ref,
        case when is_won then 'won' when is_closed then 'lost' else 'open' end as status_word,
        {{ crm_id('owner_id') }} as owner_ref,
        upper({{ clean('currency') }}) as currency,
        amount,
        created_at,
        case when is_closed then closedate end as closed_at,
        case when not coalesce(is_closed, false) then cast(closedate as date) end as expected_close_on,
        updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

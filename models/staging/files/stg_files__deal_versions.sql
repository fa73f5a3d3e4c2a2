with

source as (
    select * from {{ source('files', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', "trim(deal_id)") }} as deal_id,
        source_name as origin,
        coalesce({{ clean('pipeline') }}, 'default') as pipeline_ref,
        {{ clean('stage') }} as stage_ref,
        {{ clean('status') }} as status_word,
        {{ clean('owner') }} as owner_ref,
        upper({{ clean('currency') }}) as currency,
        amount,
        amount_net,
        created_at,
        closed_at,
        cast(expected_close_on as date) as expected_close_on,
        paid_at,
        completed_at,
        updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

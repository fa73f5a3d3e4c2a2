{{ config(enabled=is_connected('onec')) }}
with

source as (
    select * from {{ source('onec', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        coalesce(pipeline_id, '0') as pipeline_ref,
        {{ clean('stage_id') }} as stage_ref,
        {{ clean('status') }} as status_word,
        owner_id as owner_ref,
        amount,
        date as created_at,
        closed_at,
        expected_close_on,
        cast(null as timestamp) as updated_at,
        case when deletion_mark then 'delete' else _op end as _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

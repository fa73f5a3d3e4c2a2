{{ config(enabled=is_connected('sap')) }}
with

source as (
    select * from {{ source('sap', 'deals__history') }}
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        coalesce({{ clean('pipeline_id') }}, '0') as pipeline_ref,
        case status when '4' then 'won' when '5' then 'lost' when '3' then 'stopped' else {{ clean('stage_id') }} end as stage_ref,
        case when status = '4' then 'won' when status in ('3', '5') then 'lost' else 'open' end as status_word,
        owner_id as owner_ref,
        upper({{ clean('currency') }}) as currency,
        amount,
        created_on as created_at,
        case when status in ('3', '4', '5') then {{ moment_of_day('status_since', 'changed_on') }} end as closed_at,
        cast(expected_close_on as date) as expected_close_on,
        changed_on as updated_at,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select * from {{ source('salesforce', 'stages__history') }}
    qualify row_number() over (partition by source_name, label, _load_id order by is_active desc, sort) = 1
),

renamed as (
    select
        source_name as origin,
        'default' as pipeline_ref,
        label as stage_ref,
        sort as sort_order,
        _op,
        _load_id,
        _loaded_at
    from source
)

select * from renamed

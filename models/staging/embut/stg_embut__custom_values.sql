with

source as (
    select * from {{ source('embut', 'custom_values') }}
),

renamed as (
    select
        field_id,
        record_id,
        origin,
        text_value,
        currency,
        number_value,
        is_true,
        written_at,
        moment
    from source
)

select * from renamed

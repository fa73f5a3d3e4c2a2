{{ config(enabled=is_connected('comagic')) }}
with

source as (
    select * from {{ source('comagic', 'calls') }} where not _deleted
),

renamed as (
    select distinct
        source_name as origin,
        {{ clean('virtual_number') }} as phone_raw
    from source
    where virtual_number is not null
)

select * from renamed

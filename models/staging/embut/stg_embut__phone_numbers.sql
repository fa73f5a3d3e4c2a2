with

source as (
    select * from {{ source('embut', 'phone_numbers') }}
),

-- Two raw strings that differ only in blanks at their ends are one here.
renamed as (
    select
        trim(phone_raw) as phone_raw,
        max(case when is_valid then phone_e164 end) as phone_e164,
        bool_or(is_valid) as is_valid,
        min(reason) as reason,
        max(_load_id) as _load_id
    from source
    group by trim(phone_raw)
)

select * from renamed

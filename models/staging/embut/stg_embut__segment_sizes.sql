with

source as (
    select * from {{ source('embut', 'segment_sizes') }}
),

renamed as (
    select
        segment_id,
        owner_id,
        department_id,
        clients_count,
        audience_count,
        control_count,
        without_consent_count,
        without_contact_count,
        size_on
    from source
)

select * from renamed

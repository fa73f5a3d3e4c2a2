with

source as (
    select * from {{ source('embut', 'client_values') }}
),

renamed as (
    select client_id, probability_alive, churn_risk, expected_value from source
)

select * from renamed

with

source as (
    select * from {{ source('embut', 'closed_results') }}
),

renamed as (
    select
        cast(month as timestamp) as month_start,
        closed_at,
        kind,
        record_id,
        metric,
        status,
        "value",
        "result",
        owner_id,
        owner_name,
        department_id,
        department_name,
        title,
        client_name,
        product_name,
        source_name,
        pipeline_name,
        stage_name,
        rules_known_at
    from source
)

select * from renamed

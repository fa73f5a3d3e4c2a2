with

findings as (
    select * from {{ ref('int_product_findings__found') }}
    union all by name
    select * from {{ ref('int_person_findings__found') }}
    union all by name
    select * from {{ ref('int_client_findings__found') }}
    union all by name
    select * from {{ ref('int_deal_findings__found') }}
    union all by name
    select * from {{ ref('int_load_findings__found') }}
    union all by name
    select * from {{ ref('int_reference_findings__found') }}
),

final as (
    select
        check_name || ':' || record_key as finding_id,
        check_name,
        severity,
        entity,
        record_key,
        record_label,
        value,
        suggestion,
        message,
        origin,
        cast(found_rows as integer) as found_rows,
        coalesce(owner_id, 'unknown') as owner_id,
        coalesce(department_id, 'unknown') as department_id
    from findings
)

select * from final

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
    union all by name
    select
        'custom_value_misfit' as check_name,
        'warning' as severity,
        case subject when 'deals' then 'deal' when 'calls' then 'call' when 'activities' then 'activity' else 'client' end as entity,
        record_id || ':' || field_key as record_key,
        label || ', ' || record_id as record_label,
        written_value as value,
        'The value does not fit the type of its custom field; reports show it blank' as message,
        origin,
        1 as found_rows
    from {{ ref('fct_custom_values') }}
    where not is_fit
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
